//! Takes the name of a kind of mistake and gives its explanation; a name, once published, must never change its meaning.

use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $explanation:literal;)+) => {
        /// The kind of a mistake. Each has a stable name, such as `unknown-key`, and an explanation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What it means, with an example and its mend.
            #[must_use]
            pub const fn explain(self) -> &'static str {
                match self { $(Self::$name => $explanation),+ }
            }
        }
    };
}

codes! {
    /// The bytes are not text.
    NotText = "not-text", "\
The file holds bytes that are not UTF-8 text, or NUL characters, so it is probably an archive, an image or a text in another encoding.

Name the OpenAPI document itself (YAML or JSON), or save it as UTF-8.";
    /// The file is larger than the limit.
    TooLarge = "too-large", "\
The file is larger than the size limit, which protects the generator against files that are no documents at all.

Remove what is not needed, or split the document by hand into one for each part of the API.";
    /// Values are nested too deeply.
    TooDeep = "too-deep", "\
Lists and mappings are nested in each other more deeply than the limit allows.

Move inner schemas to `components/schemas` and refer to them:

    schema:
      $ref: '#/components/schemas/Inner'";
    /// Aliases make the document much larger than its text.
    TooManyAliases = "too-many-aliases", "\
YAML aliases (`*name`) repeat so much text that the document grows beyond the limit when they are resolved.

Refer to one component instead of repeating it:

    schema:
      $ref: '#/components/schemas/Shared'";
    /// The text is not YAML or JSON.
    Syntax = "syntax", "\
The text is not valid YAML or JSON, so nothing of it can be read. The position is where the parser gave up; the mistake is there or shortly before.

    info:
      title: My: API        # a colon and a space inside of a value

Put quotes around the value:

    info:
      title: 'My: API'";
    /// A tab indents a line of YAML.
    TabIndent = "tab-indent", "\
YAML does not allow tabs for indentation, because their width differs from one editor to the next.

Replace each tab by spaces. Most editors have a command for it.";
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate-key", "\
A mapping has two members with the same key, so one of them would be lost.

    properties:
      name: { type: string }
      name: { type: integer }

Remove one of the two, or give it another name.";
    /// The document is of another version or kind.
    UnsupportedVersion = "unsupported-version", "\
The document says that it is of a version that is not read, or it does not say its version.

    openapi: 3.0.3

OpenAPI 3.0 and 3.1 documents are read. Convert a Swagger 2.0 document first; many editors and command-line tools do it.";
    /// The value is of another kind than the object allows.
    WrongKind = "wrong-kind", "\
The value is of a kind that OpenAPI does not allow here: for example a list where a string belongs.

    summary: [Lists all, credentials]

Write the value in the kind that the message names:

    summary: Lists all credentials";
    /// A key that the object requires is missing.
    MissingKey = "missing-key", "\
OpenAPI requires a key that the object does not have.

    parameters:
      - in: query           # `name` is missing

Add the key that the message names.";
    /// A key that the object does not have.
    UnknownKey = "unknown-key", "\
OpenAPI does not know the key in this object. If it is nearly one that belongs here it is an error, because the document surely means something else than it says; otherwise the key is ignored.

    pahts: {}               # should be `paths`

Correct the spelling; give keys of your own the prefix `x-`.";
    /// A value that is not one of those allowed.
    UnknownValue = "unknown-value", "\
The value is not one of the few that OpenAPI allows here.

    in: querry

Use one of the values that the message lists:

    in: query";
    /// A value was understood, although it is not written as OpenAPI wants it.
    Repaired = "repaired", "\
The value is not written as OpenAPI wants it, but what it means is plain, so it was read that way.

    info:
      version: 2.0          # a number; the version is a string

Write it as the help says, so that other tools understand it as well:

    info:
      version: '2.0'";
    /// A path that does not begin with a slash or is malformed.
    InvalidPath = "invalid-path", "\
A key of `paths` is not a path template: it has to begin with a slash, and every brace needs its partner.

    paths:
      v2/Credentials: {}

Write `/v2/Credentials`.";
    /// Two paths differ in the names of parameters only.
    DuplicatePath = "duplicate-path", "\
Two path templates are equal but for the names of their parameters, so a request can't tell which of them is meant.

    /users/{id}: {}
    /users/{name}: {}

Remove one of the two, or put their operations into one.";
    /// A path has a parameter that is not declared.
    UndeclaredParameter = "undeclared-parameter", "\
A path template has a parameter that neither the path nor the operation declares.

    /v2/Credentials/{Sid}:
      get:
        parameters: []

Declare it:

        parameters:
          - { name: Sid, in: path, required: true, schema: { type: string } }";
    /// A path parameter that its path does not have.
    UnusedParameter = "unused-parameter", "\
A parameter with `in: path` does not occur in the template of its path, so its value could not be sent anywhere.

    /v2/Credentials:
      get:
        parameters:
          - { name: Sid, in: path, required: true, schema: { type: string } }

Add `{Sid}` to the path, remove the parameter, or send it elsewhere (`in: query`).";
    /// A parameter is declared twice.
    DuplicateParameter = "duplicate-parameter", "\
One list of parameters has two with the same name and the same `in`.

Remove one of the two.";
    /// An operation id is used twice.
    DuplicateOperationId = "duplicate-operation-id", "\
Two operations have the same `operationId`, which has to be unique in a document, because names are made from it.

Give one of the two another id.";
    /// A key of `responses` that is no status code.
    InvalidStatus = "invalid-status", "\
A key of `responses` is a status code such as `200`, a range such as `4XX`, or `default`.

    responses:
      ok: { description: The credential }

Write the status code, in quotes: `'200'`.";
    /// A reference to nothing.
    UnresolvedReference = "unresolved-reference", "\
A `$ref` points to a place that the document does not have.

    $ref: '#/components/schemas/Credentail'

Correct the name, or add the component.";
    /// A reference to an object of another kind.
    WrongReference = "wrong-reference", "\
A `$ref` points to an object of another kind than is needed here, such as a response where a schema belongs.

    schema:
      $ref: '#/components/responses/Credential'

Refer to a component of the right kind: `#/components/schemas/Credential`.";
    /// References that only lead to each other.
    CircularReference = "circular-reference", "\
References lead in a circle without anything between them, so there is nothing that they could stand for.

    schemas:
      A: { $ref: '#/components/schemas/B' }
      B: { $ref: '#/components/schemas/A' }

Replace one of the references by the definition itself.";
    /// A reference to another file or host.
    RemoteReference = "remote-reference", "\
A `$ref` points out of the document. Other hosts are never asked, because a document must not decide what is fetched.

    $ref: 'https://example.com/schemas.yaml#/Credential'

Copy the definition to `components` and refer to it there. Tools that bundle documents do this for a whole document.";
    /// A security scheme that is not declared.
    UnknownSecurityScheme = "unknown-security-scheme", "\
A security requirement names a scheme that `components/securitySchemes` does not have.

    security:
      - accountSid_authTokn: []

Correct the name, or declare the scheme.";
    /// An enum value of another kind than the schema's type.
    EnumKind = "enum-kind", "\
A value of an `enum` is not of the `type` of its schema, so no data could ever match it.

    type: integer
    enum: [1, two]

Change the value or the type.";
    /// An include pattern that matches nothing.
    UnmatchedInclude = "unmatched-include", "\
A pattern of operations to include matches no path and no operation id of the document.

    --include '/v2/Credential'

Patterns are matched against the whole path template or operation id; `*` stands for any text: `/v2/Credentials*`.";
    /// The document was understood, but not by the OpenAPI model.
    Unreadable = "unreadable", "\
The object can't be read as the OpenAPI object that belongs at this place.

Compare it with the OpenAPI 3.0 specification.";
    /// The document describes requests that no client sends.
    LeftOut = "left-out", "\
The document describes requests that the API sends to its users: `callbacks` of an operation, or `webhooks`. A client sends requests and answers none, so nothing is made of them.

    webhooks:
      newPet:
        post: {}

There is nothing to mend. The rest of the document is generated as usual.";
    /// A schema says more than is read of it.
    Approximated = "approximated", "\
A keyword of JSON Schema says something about data that no Rust type can say, such as a rule that depends on the data itself. The schema is read without it, or as the nearest thing that has a type.

    if: { properties: { country: { const: US } } }
    then: { required: [zipCode] }

There is nothing to mend: data that is valid for the schema is valid for the type as well. Alternatives (`oneOf`) say the same in a way that becomes a type.";
    /// An operation is left out of the client.
    SkippedOperation = "skipped-operation", "\
The document is right, but the generator cannot make a call of this operation yet, so the client has none.

The message names the part that stands in the way. Everything else in the document is generated as usual.";
    /// A value is left as JSON.
    UntypedValue = "untyped-value", "\
The document is right, but the generator has no Rust type for this schema, so the value is a `serde_json::Value`.

The message names the part that stands in the way.";
    /// The tokens of a security scheme are left to the user.
    ForeignTokens = "foreign-tokens", "\
The document is right, but a client fetches bearer tokens from one place only, whose absolute URL the document gives. Operations with another one accept a token that the user has.

    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: /v2/token            # not absolute
          scopes: {}

Write the whole URL: `https://oauth.example.com/v2/token`.";
    /// A client that does not know where the API is.
    NeedsBaseUrl = "needs-base-url", "\
The document does not say where the API is: it names no server, only the path of one, or one without HTTPS, to which nothing is sent.

    servers:
      - url: /api/v3

A client needs `base_url` of its builder, and a call without it fails before anything is sent. The path of a server comes after that URL. Write the whole URL to have it in the client: `https://api.example.com/api/v3`.";
    /// A server variable that users have to set.
    UndeclaredVariable = "undeclared-variable", "\
The URL of a server has a variable without a default, or with one that does not make a URL. A client needs it from its user, and a call without it fails before anything is sent.

    servers:
      - url: https://{tenant}.example.com

Declare it:

        variables:
          tenant: { default: demo }";
    /// A server that no request can be sent to.
    UnusableServer = "unusable-server", "\
The URL of a server can't be used: it is of another scheme than HTTP, has a query, or is no URL at all.

    servers:
      - url: ftp://files.example.com

Write an absolute URL that begins with https://.";
    /// Security schemes that nothing needs.
    UnusedSchemes = "unused-schemes", "\
The document declares security schemes, but has no `security`, neither for all operations nor for one. Credentials are then sent with every call of a client that has them.

    components:
      securitySchemes:
        key: { type: apiKey, in: header, name: X-Key }

Say what needs them:

    security:
      - key: []";
    /// A security scheme that can't be followed.
    UnusableScheme = "unusable-scheme", "\
A security scheme wants its key where no key can be sent: under a name that is none, in a header that the client sets itself, or in the header of another scheme that is needed, too.

    key: { type: apiKey, in: header, name: Content-Length }

Operations are made as if they did not need the scheme.";
    /// A login that is left to the user.
    ForeignLogin = "foreign-login", "\
The document is right, but the client leaves a part of this scheme to its user: of an HTTP scheme other than `basic` and `bearer` the user gives the whole header `Authorization`, and a client certificate goes to the HTTP layer.

    signed: { type: http, scheme: digest }

Nothing has to be mended.";
    /// Other renderings of an answer are left out.
    OtherRenderings = "other-renderings", "\
The document offers an answer as JSON and in other renderings. The client asks for JSON and reads that.

    content:
      application/json: { schema: { $ref: '#/components/schemas/Pet' } }
      application/xml: { schema: { $ref: '#/components/schemas/Pet' } }

Nothing has to be mended.";
    /// A parameter that is none of the user's.
    OwnHeader = "own-header", "\
The document describes a header as a parameter that the client sets itself. OpenAPI says that parameters called `Accept`, `Content-Type` and `Authorization` are ignored: the media types of the operation and its security say what they are.

    parameters:
      - { name: Authorization, in: header, schema: { type: string } }

Describe a login by a security scheme, and the media types by `content`.";
    /// An example that is none.
    ContradictingExample = "contradicting-example", "\
An example is not what its schema describes: a text does not match its pattern, a number is out of range, a required property is missing, or there is one that the schema does not have. The client would refuse to send or to read it, so no test is made of it; a property that the schema does not have is left out of the test.

    schema: { type: object, properties: { sid: { type: string, pattern: '^CR[0-9a-f]{32}$' } } }
    example: { sid: AC00000000000000000000000000000000 }

Correct the example. Where the example is right, correct the schema: real requests are refused for the same reason.";
    /// A body that is sent with less than its schema says.
    LooseBody = "loose-body", "\
The document is right, but a body, or a part of one, is sent in a form that its schema says less or other of: XML as text that the user writes, parts that are not described as one file, an object in a part as JSON.

    content:
      multipart/related: {}

Describe the parts as properties of an object where there are some; nothing has to be mended otherwise.";
    /// The generator made something wrong.
    Internal = "internal", "\
The generator made a file that does not parse as Rust. That is its own mistake, whatever the document says.

Please report it together with the document. Leaving out the operation with `--include` may help meanwhile.";
    /// A setting in client.toml that cannot be used.
    InvalidSettings = "invalid-settings", "\
client.toml, which says what to make of the documents, has a mistake.

    [[document]]
    file = \"chat_v2.yaml\"
    module = \"Chat v2\"

A module is a Rust name in lower case: write `chat_v2`.";
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The text is not the name of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("there is no diagnostic of this name")
    }
}

impl std::error::Error for UnknownCode {}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .find(|code| code.as_str() == text)
            .copied()
            .ok_or(UnknownCode)
    }
}
