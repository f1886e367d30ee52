//! Options by name: their values, how they are declared, and how a wrong one is refused.

use crate::error::{Error, ErrorKind};

/// One option of `O`: its name, and how it is read and set by name.
pub(crate) struct Declared<O> {
    pub(crate) name: &'static str,
    pub(crate) get: fn(&O) -> OptionValue,
    pub(crate) set: fn(&mut O, &OptionValue) -> Result<(), Error>,
}

/// Declares an option that is a field of the same name: a switch, one of several names, or one of several
/// names with a default that `true` means and none that `false` means.
macro_rules! declared {
    ($($at:ident).+, $name:ident: switch) => {
        $crate::options::Declared {
            name: stringify!($name),
            get: |o| o.$($at).+.into(),
            set: |o, value| {
                o.$($at).+ = $crate::options::switch(stringify!($name), value)?;
                Ok(())
            },
        }
    };
    ($($at:ident).+, $name:ident: one of $choices:expr) => {
        $crate::options::Declared {
            name: stringify!($name),
            get: |o| $crate::options::name_of(Some(o.$($at).+), $choices),
            set: |o, value| {
                if let Some(chosen) = $crate::options::choice(stringify!($name), value, None, $choices)? {
                    o.$($at).+ = chosen;
                }
                Ok(())
            },
        }
    };
    ($($at:ident).+, $name:ident: none or one of $choices:expr, by default $default:expr) => {
        $crate::options::Declared {
            name: stringify!($name),
            get: |o| $crate::options::name_of(o.$($at).+, $choices),
            set: |o, value| {
                o.$($at).+ =
                    $crate::options::choice(stringify!($name), value, Some($default), $choices)?;
                Ok(())
            },
        }
    };
}
pub(crate) use declared;

/// Defines the typed setters of options that are declared: each takes what converts into the field.
macro_rules! setters {
    ($($(#[$about:meta])* $name:ident: $type:ty => $($at:ident).+;)+) => {
        $(
            $(#[$about])*
            #[must_use]
            pub fn $name(mut self, $name: impl Into<$type>) -> Self {
                let value: $type = $name.into();
                self.$($at).+ = value.into();
                self
            }
        )+
    };
}
pub(crate) use setters;

/// Sets an option of a table by name; `false` if the table has none of this name.
pub(crate) fn set_in<O>(
    table: &[Declared<O>],
    options: &mut O,
    name: &str,
    value: &OptionValue,
) -> Result<bool, Error> {
    match table.iter().find(|declared| declared.name == name) {
        Some(declared) => (declared.set)(options, value).map(|()| true),
        None => Ok(false),
    }
}

/// Returns the value of an option of a table.
pub(crate) fn get_in<O>(table: &[Declared<O>], options: &O, name: &str) -> Option<OptionValue> {
    table.iter().find(|declared| declared.name == name).map(|declared| (declared.get)(options))
}

/// Returns the message for an option that is in no table.
pub(crate) fn unknown_option(name: &str, known: &[&str]) -> Error {
    Error::unknown("option", name, known)
}

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

pub(crate) fn refused(name: &str, given: &OptionValue, expected: &str) -> Error {
    let value = match given {
        OptionValue::Str(s) => format!("'{s}'"),
        other => shown(other),
    };
    Error::new(
        ErrorKind::OptionValue { option: name.into(), value: shown(given) },
        format!("option '{name}' takes {expected}; got {value}"),
    )
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
