//! A matcher as bytes: a header that tells what it is, then the dictionary. Loading compiles it again.
//!
//! Layout, numbers in little-endian order: magic (8 bytes), version of the format (u32), length of the
//! normalizer id (u32), the id, digest of the options (u64), length of the payload (u64), the payload,
//! checksum of all that (u64).

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::gazetteer::{Entry, Gazetteer};
use crate::lexicon::{Composition, Evidence};
use crate::matcher::Matcher;
use crate::matcher_options::MatcherOptions;
use crate::types::Care;
use crate::value::OptionValue;

/// The first byte is no text, and a transfer that changes line ends shows.
const MAGIC: &[u8; 8] = b"\x89KAYAN\r\n";
const VERSION: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Payload {
    profile: String,
    options: Vec<(String, Value)>,
    entries: Vec<SavedEntry>,
    /// Word counts that were learned from texts, by folded word.
    background: Option<Vec<(Vec<u8>, u32)>>,
    evidence: Evidence,
    composition: Composition,
    /// What the caller wants to find again.
    extra: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct SavedEntry {
    name: String,
    label: Option<String>,
    id: Option<String>,
    priority: i32,
    care: u8,
    aliases: Vec<String>,
}

#[derive(Serialize, Deserialize)]
enum Value {
    Bool(bool),
    Int(i64),
    Str(String),
    List(Vec<String>),
}

impl From<OptionValue> for Value {
    fn from(value: OptionValue) -> Self {
        match value {
            OptionValue::Bool(on) => Self::Bool(on),
            OptionValue::Int(count) => Self::Int(count),
            OptionValue::Str(text) => Self::Str(text),
            OptionValue::List(names) => Self::List(names),
        }
    }
}

impl From<Value> for OptionValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Bool(on) => Self::Bool(on),
            Value::Int(count) => Self::Int(count),
            Value::Str(text) => Self::Str(text),
            Value::List(names) => Self::List(names),
        }
    }
}

impl Matcher {
    /// The matcher as bytes, with `extra` bytes of the caller's.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add(Entry::new("القاهرة").label("CITY"))?;
    /// let bytes = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?.to_bytes(b"note");
    /// let (matcher, extra) = Matcher::from_bytes(&bytes)?;
    /// assert_eq!((matcher.find("في القاهرة").len(), &extra[..]), (1, &b"note"[..]));
    /// assert!(Matcher::from_bytes(&bytes[..50]).is_err());
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn to_bytes(&self, extra: &[u8]) -> Vec<u8> {
        let options = self.options();
        let gazetteer = self.gazetteer();
        let payload = Payload {
            profile: options.profile_name().into(),
            options: named_values(options).map(|(name, value)| (name.into(), value.into())).collect(),
            entries: (0..gazetteer.len() as u32)
                .map(|entry| SavedEntry {
                    name: gazetteer.name(entry).into(),
                    label: gazetteer.label(entry).map(Into::into),
                    id: gazetteer.id(entry).map(Into::into),
                    priority: gazetteer.priority(entry),
                    care: gazetteer.care(entry).bits(),
                    aliases: gazetteer.aliases(entry).map(Into::into).collect(),
                })
                .collect(),
            background: self.learned_background().map(|counts| {
                let mut counts: Vec<_> = counts.iter().map(|(word, count)| (word.to_vec(), *count)).collect();
                counts.sort_unstable();
                counts
            }),
            evidence: gazetteer.evidence.clone(),
            composition: gazetteer.composition.clone(),
            extra: extra.to_vec(),
        };
        let payload = postcard::to_allocvec(&payload).unwrap_or_default();
        let id = options.normalizer_id();
        let mut out = Vec::with_capacity(payload.len() + id.len() + 48);
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend((id.len() as u32).to_le_bytes());
        out.extend(id.as_bytes());
        out.extend(digest(options).to_le_bytes());
        out.extend((payload.len() as u64).to_le_bytes());
        out.extend(payload);
        let checksum = checksum(&out);
        out.extend(checksum.to_le_bytes());
        out
    }

    /// The matcher that [`to_bytes`](Self::to_bytes) wrote, and the caller's bytes.
    ///
    /// # Errors
    /// If the bytes are not a saved matcher, are truncated or altered, or were written by a version that
    /// folds text otherwise.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Self, Vec<u8>), Error> {
        let broken = |what: &str| Error::option(format!("not a usable saved matcher: {what}"));
        let Some(mut rest) = bytes.strip_prefix(MAGIC) else {
            return Err(broken("it does not begin as one"));
        };
        let truncated = || broken(&format!("it is cut off after {} bytes", bytes.len()));
        let version = u32::from_le_bytes(take(&mut rest).ok_or_else(truncated)?);
        if version != VERSION {
            return Err(broken(&format!(
                "it has format {version}, and this version of kayan reads {VERSION}"
            )));
        }
        let id_len = u32::from_le_bytes(take(&mut rest).ok_or_else(truncated)?) as usize;
        let id = rest.split_off(..id_len).ok_or_else(truncated)?;
        let digest_there = u64::from_le_bytes(take(&mut rest).ok_or_else(truncated)?);
        let len = u64::from_le_bytes(take(&mut rest).ok_or_else(truncated)?);
        let payload =
            usize::try_from(len).ok().and_then(|len| rest.split_off(..len)).ok_or_else(truncated)?;
        let checksum_there = u64::from_le_bytes(take(&mut rest).ok_or_else(truncated)?);
        if checksum_there != checksum(&bytes[..bytes.len() - rest.len() - 8]) {
            return Err(broken("its bytes were altered"));
        }
        if !rest.is_empty() {
            return Err(broken(&format!("{} bytes follow its end", rest.len())));
        }
        let saved: Payload =
            postcard::from_bytes(payload).map_err(|_| broken("its content makes no sense"))?;
        let mut options = MatcherOptions::profile(&saved.profile)?;
        for (name, value) in saved.options {
            options.set(&name, &value.into())?;
        }
        let id_here = options.normalizer_id();
        if id_here.as_bytes() != id {
            let id = String::from_utf8_lossy(id);
            return Err(broken(&format!("it folds text as {id}, this version of kayan as {id_here}")));
        }
        if digest(&options) != digest_there {
            return Err(broken("its options mean something else in this version of kayan"));
        }
        let mut gazetteer = Gazetteer::new();
        for entry in &saved.entries {
            let care = Care::from_bits(entry.care).ok_or_else(|| broken("its content makes no sense"))?;
            let mut added = Entry::new(&entry.name).priority(entry.priority).care(care);
            if let Some(label) = &entry.label {
                added = added.label(label);
            }
            if let Some(id) = &entry.id {
                added = added.id(id);
            }
            for alias in &entry.aliases {
                added = added.alias(alias);
            }
            gazetteer.add(added)?;
        }
        gazetteer.evidence = saved.evidence;
        gazetteer.composition = saved.composition;
        let mut matcher = Self::new(&gazetteer, &options)?;
        if let Some(counts) = saved.background {
            matcher.set_background(counts.into_iter().map(|(word, count)| (word.into(), count)).collect());
        }
        Ok((matcher, saved.extra))
    }
}

fn named_values(options: &MatcherOptions) -> impl Iterator<Item = (&'static str, OptionValue)> + '_ {
    MatcherOptions::names().iter().filter_map(|name| Some((*name, options.get(name)?)))
}

fn digest(options: &MatcherOptions) -> u64 {
    checksum(format!("{:?}", named_values(options).collect::<Vec<_>>()).as_bytes())
}

/// Splits a number off the front.
fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

/// FNV-1a: against accidents, not against malice, which the checks of the content withstand.
fn checksum(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3))
}
