//! Takes a reason and the steps to it, and gives why there is no code for an example; it must never say where the example stands.

/// Why there is no code for an example.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Misfit {
    /// The example is none of what its schema describes.
    Contradicts {
        /// The steps from the example to what contradicts, the last one first.
        steps: Vec<String>,
        /// What is wrong there.
        reason: String,
    },
    /// The example has a property that its schema does not have; the steps lead to it, the last one first.
    Unknown { steps: Vec<String> },
    /// Right as it may be, no test can be made of it.
    Beyond,
}

impl Misfit {
    /// This value is wrong.
    pub(super) fn here(reason: impl Into<String>) -> Self {
        Self::Contradicts {
            steps: Vec::new(),
            reason: reason.into(),
        }
    }

    /// What is wrong is inside of the member or item of that name.
    pub(super) fn within(mut self, step: &str) -> Self {
        if let Self::Contradicts { steps, .. } | Self::Unknown { steps } = &mut self {
            steps.push(step.to_owned());
        }
        self
    }
}
