//! Takes nothing and gives the rows of the table; it must never hold a rule that is not about the keys and kinds of one object.

use super::{Field, Kind, Need, Object, Others, Shape};

const fn optional(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::Optional,
    }
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::Required,
    }
}

const fn defaulted(name: &'static str, shape: Shape, need: Need) -> Field {
    Field { name, shape, need }
}

const fn object(kind: Kind, name: &'static str, fields: &'static [Field]) -> Object {
    Object {
        kind,
        name,
        fields,
        others: Others::Unknown,
    }
}

const fn keyed(kind: Kind, name: &'static str, fields: &'static [Field], others: Others) -> Object {
    Object {
        kind,
        name,
        fields,
        others,
    }
}

pub(super) static NOTHING: Object = object(Kind::Root, "the object", &[]);

const TEXT: Shape = Shape::Text;
const FLAG: Shape = Shape::Flag;
const SCHEMA: Shape = Shape::Ref(Kind::Schema);
const SCHEMAS: Shape = Shape::List(&SCHEMA);
const TEXTS: Shape = Shape::List(&TEXT);
const TEXT_MAP: Shape = Shape::Map(&TEXT);
const DOCS: Field = optional("externalDocs", Shape::Object(Kind::ExternalDocs));
const DESCRIPTION: Field = optional("description", TEXT);
const SERVERS: Field = optional("servers", Shape::List(&Shape::Object(Kind::Server)));
const SECURITY: Field = optional("security", Shape::List(&Shape::Map(&TEXTS)));
const PARAMETERS: Field = optional("parameters", Shape::List(&Shape::Ref(Kind::Parameter)));
const EXAMPLE: Field = optional("example", Shape::Any);
const EXAMPLES: Field = optional("examples", Shape::Map(&Shape::Ref(Kind::Example)));
const CONTENT: Shape = Shape::Map(&Shape::Object(Kind::MediaType));
const HEADERS: Field = optional("headers", Shape::Map(&Shape::Ref(Kind::Header)));
const LINKS: Field = optional("links", Shape::Map(&Shape::Ref(Kind::Link)));
const CALLBACKS: Field = optional("callbacks", Shape::Map(&Shape::Ref(Kind::Callback)));
const STYLE: Field = optional(
    "style",
    Shape::Choice(&[
        "form",
        "simple",
        "matrix",
        "label",
        "spaceDelimited",
        "pipeDelimited",
        "deepObject",
    ]),
);
const OPERATION: Shape = Shape::Object(Kind::Operation);
const AUTHORIZATION_URL: Field = defaulted("authorizationUrl", TEXT, Need::EmptyText);
const TOKEN_URL: Field = defaulted("tokenUrl", TEXT, Need::EmptyText);
const REFRESH_URL: Field = optional("refreshUrl", TEXT);
const SCOPES: Field = defaulted("scopes", TEXT_MAP, Need::EmptyMap);

/// Every object of the specification, in the order of [`Kind`].
pub(super) static OBJECTS: [Object; 31] = [
    object(
        Kind::Root,
        "the document",
        &[
            required("openapi", TEXT),
            required("info", Shape::Object(Kind::Info)),
            SERVERS,
            required("paths", Shape::Object(Kind::Paths)),
            optional("components", Shape::Object(Kind::Components)),
            SECURITY,
            optional("tags", Shape::List(&Shape::Object(Kind::Tag))),
            DOCS,
        ],
    ),
    object(
        Kind::Info,
        "`info`",
        &[
            required("title", TEXT),
            DESCRIPTION,
            optional("termsOfService", TEXT),
            optional("contact", Shape::Object(Kind::Contact)),
            optional("license", Shape::Object(Kind::License)),
            required("version", TEXT),
        ],
    ),
    object(
        Kind::Contact,
        "the contact",
        &[
            optional("name", TEXT),
            optional("url", TEXT),
            optional("email", TEXT),
        ],
    ),
    object(
        Kind::License,
        "the license",
        &[
            defaulted("name", TEXT, Need::EmptyText),
            optional("url", TEXT),
        ],
    ),
    object(
        Kind::Server,
        "the server",
        &[
            required("url", TEXT),
            DESCRIPTION,
            optional(
                "variables",
                Shape::Map(&Shape::Object(Kind::ServerVariable)),
            ),
        ],
    ),
    object(
        Kind::ServerVariable,
        "the server variable",
        &[
            optional("enum", TEXTS),
            required("default", TEXT),
            DESCRIPTION,
        ],
    ),
    object(
        Kind::Components,
        "`components`",
        &[
            optional("schemas", Shape::Map(&SCHEMA)),
            optional("responses", Shape::Map(&Shape::Ref(Kind::Response))),
            optional("parameters", Shape::Map(&Shape::Ref(Kind::Parameter))),
            EXAMPLES,
            optional("requestBodies", Shape::Map(&Shape::Ref(Kind::RequestBody))),
            HEADERS,
            optional(
                "securitySchemes",
                Shape::Map(&Shape::Ref(Kind::SecurityScheme)),
            ),
            LINKS,
            CALLBACKS,
            // Of later versions; references to them are all that is made of it.
            optional("pathItems", Shape::Map(&Shape::Ref(Kind::PathItem))),
        ],
    ),
    keyed(
        Kind::Paths,
        "`paths`",
        &[],
        Others::Paths(Shape::Ref(Kind::PathItem)),
    ),
    object(
        Kind::PathItem,
        "the path",
        &[
            optional("summary", TEXT),
            DESCRIPTION,
            optional("get", OPERATION),
            optional("put", OPERATION),
            optional("post", OPERATION),
            optional("delete", OPERATION),
            optional("options", OPERATION),
            optional("head", OPERATION),
            optional("patch", OPERATION),
            optional("trace", OPERATION),
            SERVERS,
            PARAMETERS,
        ],
    ),
    object(
        Kind::Operation,
        "the operation",
        &[
            optional("tags", TEXTS),
            optional("summary", TEXT),
            DESCRIPTION,
            DOCS,
            optional("operationId", TEXT),
            PARAMETERS,
            optional("requestBody", Shape::Ref(Kind::RequestBody)),
            defaulted("responses", Shape::Object(Kind::Responses), Need::EmptyMap),
            CALLBACKS,
            optional("deprecated", FLAG),
            SECURITY,
            SERVERS,
        ],
    ),
    object(
        Kind::ExternalDocs,
        "the external documentation",
        &[DESCRIPTION, defaulted("url", TEXT, Need::EmptyText)],
    ),
    object(
        Kind::Parameter,
        "the parameter",
        &[
            required("name", TEXT),
            required("in", Shape::Choice(&["query", "header", "path", "cookie"])),
            DESCRIPTION,
            optional("required", FLAG),
            optional("deprecated", FLAG),
            optional("allowEmptyValue", FLAG),
            STYLE,
            optional("explode", FLAG),
            optional("allowReserved", FLAG),
            optional("schema", SCHEMA),
            EXAMPLE,
            EXAMPLES,
            optional("content", CONTENT),
        ],
    ),
    object(
        Kind::RequestBody,
        "the request body",
        &[
            DESCRIPTION,
            defaulted("content", CONTENT, Need::EmptyMap),
            optional("required", FLAG),
        ],
    ),
    object(
        Kind::MediaType,
        "the media type",
        &[
            optional("schema", SCHEMA),
            EXAMPLE,
            EXAMPLES,
            optional("encoding", Shape::Map(&Shape::Object(Kind::Encoding))),
        ],
    ),
    object(
        Kind::Encoding,
        "the encoding",
        &[
            optional("contentType", TEXT),
            HEADERS,
            optional(
                "style",
                Shape::Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
            ),
            optional("explode", FLAG),
            optional("allowReserved", FLAG),
        ],
    ),
    keyed(
        Kind::Responses,
        "`responses`",
        &[optional("default", Shape::Ref(Kind::Response))],
        Others::Statuses(Shape::Ref(Kind::Response)),
    ),
    object(
        Kind::Response,
        "the response",
        &[
            defaulted("description", TEXT, Need::EmptyText),
            HEADERS,
            optional("content", CONTENT),
            LINKS,
        ],
    ),
    keyed(
        Kind::Callback,
        "the callback",
        &[],
        Others::Expressions(Shape::Ref(Kind::PathItem)),
    ),
    object(
        Kind::Example,
        "the example",
        &[
            optional("summary", TEXT),
            DESCRIPTION,
            optional("value", Shape::Any),
            optional("externalValue", TEXT),
        ],
    ),
    object(
        Kind::Link,
        "the link",
        &[
            optional("operationRef", TEXT),
            optional("operationId", TEXT),
            optional("parameters", Shape::Map(&Shape::Any)),
            optional("requestBody", Shape::Any),
            DESCRIPTION,
            optional("server", Shape::Object(Kind::Server)),
        ],
    ),
    object(
        Kind::Header,
        "the header",
        &[
            DESCRIPTION,
            optional("required", FLAG),
            optional("deprecated", FLAG),
            optional("allowEmptyValue", FLAG),
            STYLE,
            optional("explode", FLAG),
            optional("allowReserved", FLAG),
            optional("schema", SCHEMA),
            EXAMPLE,
            EXAMPLES,
            optional("content", CONTENT),
        ],
    ),
    object(
        Kind::Tag,
        "the tag",
        &[required("name", TEXT), DESCRIPTION, DOCS],
    ),
    object(
        Kind::Schema,
        "the schema",
        &[
            optional("title", TEXT),
            optional("multipleOf", Shape::Number),
            optional("maximum", Shape::Number),
            // A flag, unless it is neither that nor a number, which a rule tells.
            optional("exclusiveMaximum", Shape::Any),
            optional("minimum", Shape::Number),
            optional("exclusiveMinimum", Shape::Any),
            optional("maxLength", Shape::Count),
            optional("minLength", Shape::Count),
            optional("pattern", TEXT),
            optional("maxItems", Shape::Count),
            optional("minItems", Shape::Count),
            optional("uniqueItems", FLAG),
            optional("maxProperties", Shape::Count),
            optional("minProperties", Shape::Count),
            optional("required", TEXTS),
            optional("enum", Shape::List(&Shape::Any)),
            // A word, which a rule knows more about.
            optional("type", Shape::Any),
            optional("allOf", SCHEMAS),
            optional("oneOf", SCHEMAS),
            optional("anyOf", SCHEMAS),
            optional("not", SCHEMA),
            optional("items", SCHEMA),
            optional("properties", Shape::Map(&SCHEMA)),
            optional("additionalProperties", Shape::FlagOrRef(Kind::Schema)),
            DESCRIPTION,
            optional("format", TEXT),
            optional("default", Shape::Any),
            optional("nullable", FLAG),
            optional("discriminator", Shape::Object(Kind::Discriminator)),
            optional("readOnly", FLAG),
            optional("writeOnly", FLAG),
            optional("xml", Shape::Object(Kind::Xml)),
            DOCS,
            EXAMPLE,
            optional("deprecated", FLAG),
        ],
    ),
    object(
        Kind::Discriminator,
        "the discriminator",
        &[
            required("propertyName", TEXT),
            optional("mapping", TEXT_MAP),
        ],
    ),
    object(
        Kind::Xml,
        "`xml`",
        &[
            optional("name", TEXT),
            optional("namespace", TEXT),
            optional("prefix", TEXT),
            optional("attribute", FLAG),
            optional("wrapped", FLAG),
        ],
    ),
    object(
        Kind::SecurityScheme,
        "the security scheme",
        &[
            required(
                "type",
                Shape::Choice(&["apiKey", "http", "oauth2", "openIdConnect"]),
            ),
            DESCRIPTION,
            optional("name", TEXT),
            optional("in", Shape::Choice(&["query", "header", "cookie"])),
            optional("scheme", TEXT),
            optional("bearerFormat", TEXT),
            optional("flows", Shape::Object(Kind::OauthFlows)),
            optional("openIdConnectUrl", TEXT),
        ],
    ),
    object(
        Kind::OauthFlows,
        "`flows`",
        &[
            optional("implicit", Shape::Object(Kind::ImplicitFlow)),
            optional("password", Shape::Object(Kind::PasswordFlow)),
            optional("clientCredentials", Shape::Object(Kind::ClientFlow)),
            optional("authorizationCode", Shape::Object(Kind::CodeFlow)),
        ],
    ),
    object(
        Kind::ImplicitFlow,
        "the implicit flow",
        &[AUTHORIZATION_URL, REFRESH_URL, SCOPES],
    ),
    object(
        Kind::PasswordFlow,
        "the password flow",
        &[TOKEN_URL, REFRESH_URL, SCOPES],
    ),
    object(
        Kind::ClientFlow,
        "the client credentials flow",
        &[TOKEN_URL, REFRESH_URL, SCOPES],
    ),
    object(
        Kind::CodeFlow,
        "the authorization code flow",
        &[AUTHORIZATION_URL, TOKEN_URL, REFRESH_URL, SCOPES],
    ),
];
