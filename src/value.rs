//! Options by name: their values, and how a wrong one is refused.

use crate::error::Error;

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// On (the operation's default parameter) or off.
    Bool(bool),
    /// A count.
    Int(i64),
    /// One of the operation's named parameters.
    Str(String),
    /// Several names.
    List(Vec<String>),
}

impl From<bool> for OptionValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for OptionValue {
    fn from(value: &str) -> Self {
        Self::Str(value.into())
    }
}

/// Reads a switch.
pub(crate) fn switch(name: &str, value: &OptionValue) -> Result<bool, Error> {
    match value {
        OptionValue::Bool(on) => Ok(*on),
        _ => Err(refused(name, value, "True or False")),
    }
}

/// Reads one of several names; where there is a default, `true` means it and `false` means none.
pub(crate) fn choice<T: Copy>(
    name: &str,
    value: &OptionValue,
    default: Option<T>,
    choices: &[(&str, T)],
) -> Result<Option<T>, Error> {
    let found = match (value, default) {
        (OptionValue::Bool(on), Some(default)) => Some(on.then_some(default)),
        (OptionValue::Str(chosen), _) => choices.iter().find(|(n, _)| n == chosen).map(|(_, v)| Some(*v)),
        _ => None,
    };
    found.ok_or_else(|| {
        let mut known: Vec<String> = choices.iter().map(|(n, _)| format!("'{n}'")).collect();
        if default.is_some() {
            known.extend(["True".into(), "False".into()]);
        }
        refused(name, value, &known.join(", "))
    })
}

pub(crate) fn name_of<T: Copy + PartialEq>(value: Option<T>, choices: &[(&str, T)]) -> OptionValue {
    match choices.iter().find(|(_, v)| Some(*v) == value) {
        Some((name, _)) => (*name).into(),
        None => false.into(),
    }
}

pub(crate) fn refused(name: &str, value: &OptionValue, expected: &str) -> Error {
    let value = match value {
        OptionValue::Str(s) => format!("'{s}'"),
        other => shown(other),
    };
    Error::option(format!("option '{name}' takes {expected}; got {value}"))
}

pub(crate) fn shown(value: &OptionValue) -> String {
    match value {
        OptionValue::Bool(true) => "True".into(),
        OptionValue::Bool(false) => "False".into(),
        OptionValue::Int(n) => n.to_string(),
        OptionValue::Str(s) => s.clone(),
        OptionValue::List(names) => names.join("+"),
    }
}
