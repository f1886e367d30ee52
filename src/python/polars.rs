//! Expressions for polars: a plugin, as polars calls it (interface 0.1), that is a part of this library.
//!
//! Polars opens the library by its path and calls C functions by their names, with columns as Arrow structs
//! and, for each expression, bytes that it got from Python. Those bytes are a *packet*, which
//! `kayan/polars.py` makes: a mark, the key of a tool (16 bytes), the length of the rest (u64, little-endian),
//! and the rest, of which Python can build the tool anew. Tools in use are found by their key. A plan that
//! comes from another process brings a key that is not there; then Python builds the tool, once.
#![expect(unsafe_code, reason = "the plugin interface of polars is made of raw structs and C functions")]

use std::cell::RefCell;
use std::ffi::{c_char, c_void, CString};
use std::mem::ManuallyDrop;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::{ptr, slice};

use arrow_array::ffi::{from_ffi, FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::{make_array, new_empty_array, ArrayRef, NullArray};
use arrow_schema::{ArrowError, DataType, Field};
use macro_rules_attribute::apply;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::arrow::{nested_type, ArrowColumn, Column};
use super::border::{self, guarded_function};
use super::matcher::Matcher;
use super::normalizer::Normalizer;
use super::KayanError;
use kayan::LabelSet;

/// What an expression works with.
enum Tool {
    Matcher(Arc<kayan::Matcher>, Option<LabelSet>),
    Normalizer(Arc<kayan::Normalizer>),
}

type Key = [u8; 16];

type Tools = Vec<(Key, Arc<Tool>)>;

/// The tools used last, the latest at the end; that many stay in memory.
static TOOLS: Mutex<Tools> = Mutex::new(Vec::new());
const KEPT: usize = 8;

/// Returns the tools, unless another thread has them. Never waited for: a lock that was held while the process
/// forked stays held.
fn tools() -> Option<MutexGuard<'static, Tools>> {
    match TOOLS.try_lock() {
        Ok(tools) => Some(tools),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

fn kept(key: Key) -> Option<Arc<Tool>> {
    let tools = tools()?;
    tools.iter().find(|(other, _)| *other == key).map(|(_, tool)| Arc::clone(tool))
}

fn keep(key: Key, tool: &Arc<Tool>) {
    let Some(mut tools) = tools() else { return };
    tools.retain(|(other, _)| *other != key);
    tools.push((key, Arc::clone(tool)));
    let surplus = tools.len().saturating_sub(KEPT);
    tools.drain(..surplus);
}

/// Keeps a tool of this process, so that its expressions need not build it anew.
#[apply(guarded_function)]
#[pyfunction]
#[pyo3(signature = (key, tool, labels, /))]
pub(super) fn polars_keep(key: Key, tool: &Bound<'_, PyAny>, labels: Option<Vec<String>>) -> PyResult<()> {
    keep(key, &Arc::new(as_tool(tool, labels)?));
    Ok(())
}

fn as_tool(native: &Bound<'_, PyAny>, labels: Option<Vec<String>>) -> PyResult<Tool> {
    if let Ok(normalizer) = native.cast::<Normalizer>() {
        return Ok(Tool::Normalizer(normalizer.get().shared()));
    }
    let matcher = native.cast::<Matcher>()?.get();
    Ok(Tool::Matcher(matcher.shared(), matcher.label_set(labels)?))
}

const MARK: &[u8] = b"kayan-packet:";

/// Returns the tool of a packet, which stands somewhere in the bytes of an expression: polars wraps it up.
fn tool_of(wrapped: &[u8]) -> PyResult<Arc<Tool>> {
    let parts = || {
        let start = wrapped.windows(MARK.len()).position(|bytes| bytes == MARK)? + MARK.len();
        let (key, rest) = wrapped[start..].split_first_chunk::<16>()?;
        let (len, rest) = rest.split_first_chunk::<8>()?;
        Some((*key, rest.get(..usize::try_from(u64::from_le_bytes(*len)).ok()?)?))
    };
    let (key, body) = parts().ok_or_else(|| KayanError::new_err("the plan is not one of kayan's"))?;
    if let Some(tool) = kept(key) {
        return Ok(tool);
    }
    let tool = Python::attach(|py| {
        let made = py.import("kayan.polars")?.call_method1("_rebuilt", (PyBytes::new(py, body),))?;
        let (native, labels): (Bound<'_, PyAny>, Option<Vec<String>>) = made.extract()?;
        as_tool(&native, labels).map(Arc::new)
    })?;
    keep(key, &tool);
    Ok(tool)
}

#[derive(Clone, Copy)]
enum Function {
    Normalize,
    Find,
    Contains,
    Count,
}

impl Function {
    fn returns(self) -> DataType {
        match self {
            Self::Normalize => DataType::Utf8View,
            Self::Find => nested_type(),
            Self::Contains => DataType::Boolean,
            Self::Count => DataType::Int64,
        }
    }

    fn run(self, column: &Column, tool: &Tool) -> PyResult<ArrowColumn> {
        match (self, tool) {
            (Self::Normalize, Tool::Normalizer(normalizer)) => {
                column.rewritten(&self.returns(), |texts| Ok(normalizer.normalize_batch(texts, None)))
            }
            (Self::Find, Tool::Matcher(matcher, labels)) => {
                let texts = column.texts()?;
                Ok(column.nested(&texts, matcher, &matcher.find_batch(&texts, 0, labels.as_ref(), None)))
            }
            (Self::Contains | Self::Count, Tool::Matcher(matcher, labels)) => {
                let texts = column.texts()?;
                let counts = matcher.count_batch(&texts, labels.as_ref(), None);
                Ok(column.tallies(&texts, &counts, matches!(self, Self::Contains)))
            }
            _ => Err(KayanError::new_err("the plan has a tool of another kind")),
        }
    }
}

fn arrow_error(error: ArrowError) -> PyErr {
    KayanError::new_err(error.to_string())
}

fn no_column() -> PyErr {
    KayanError::new_err("expected a column")
}

/// A column as it crosses the border: the layout is that of polars.
#[repr(C)]
struct SeriesExport {
    field: *mut FFI_ArrowSchema,
    arrays: *mut *mut FFI_ArrowArray,
    len: usize,
    release: Option<unsafe extern "C" fn(*mut SeriesExport)>,
    private_data: *mut c_void,
}

impl Drop for SeriesExport {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: whoever made it has set `release` for this, and clears it when it has run.
            unsafe { release(self) }
        }
    }
}

impl SeriesExport {
    /// Takes the column in and releases it.
    fn import(self) -> PyResult<Column> {
        // SAFETY: the interface gives `len` pointers to arrays, valid until `release`, which frees the structs
        // but not what they hold: that is ours, and `from_raw` moves it out.
        let arrays: Vec<_> = unsafe {
            if self.len == 0 { &[] } else { slice::from_raw_parts(self.arrays, self.len) }
                .iter()
                .map(|&array| FFI_ArrowArray::from_raw(array))
                .collect()
        };
        // SAFETY: the interface gives a valid schema, which lives until `release`.
        let schema = unsafe { &*self.field };
        let field = Field::try_from(schema).map_err(arrow_error)?;
        let chunks = arrays.into_iter().map(|array| {
            // A column of nulls comes with a buffer that it should not have, and that would be refused.
            if field.data_type().is_null() {
                return Ok(Arc::new(NullArray::new(array.len())) as ArrayRef);
            }
            // SAFETY: an array and the schema of the same column belong together.
            unsafe { from_ffi(array, schema) }.map(make_array)
        });
        let chunks = chunks.collect::<Result<Vec<ArrayRef>, _>>().map_err(arrow_error)?;
        Ok(Column::new(Arc::new(field), chunks))
    }

    fn export(column: ArrowColumn) -> PyResult<Self> {
        let (field, chunks) = column.into_parts();
        let field = FFI_ArrowSchema::try_from(field.as_ref());
        let field = Box::into_raw(Box::new(field.map_err(arrow_error)?));
        let arrays = chunks.iter().map(|array| FFI_ArrowArray::new(&array.to_data()));
        let arrays: Vec<_> = arrays.map(|array| Box::into_raw(Box::new(array))).collect();
        let len = arrays.len();
        let arrays = Box::into_raw(arrays.into_boxed_slice()).cast();
        Ok(Self { field, arrays, len, release: Some(release), private_data: field.cast() })
    }
}

/// Frees what [`SeriesExport::export`] made, but not the arrays, which polars has moved out.
unsafe extern "C" fn release(series: *mut SeriesExport) {
    // SAFETY: polars calls this once, on what `export` made, where each pointer came from `Box::into_raw`.
    unsafe {
        let series = &mut *series;
        series.release = None;
        drop(Box::from_raw(series.field));
        let arrays = Box::from_raw(ptr::slice_from_raw_parts_mut(series.arrays, series.len));
        for &array in &arrays {
            drop(Box::from_raw(array.cast::<ManuallyDrop<FFI_ArrowArray>>()));
        }
    }
}

thread_local! {
    static LAST_ERROR: RefCell<CString> = RefCell::default();
}

/// Runs `work`; on failure, nothing is returned to polars, and it asks this thread for the message.
fn guarded(work: impl FnOnce() -> PyResult<()>) {
    let message = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => return,
        Ok(Err(error)) => Python::attach(|py| error.value(py).to_string()),
        Err(panic) => border::message(&*panic),
    };
    let message = CString::new(message.replace('\0', " ")).unwrap_or_default();
    LAST_ERROR.with(|last| *last.borrow_mut() = message);
}

#[no_mangle]
extern "C" fn _polars_plugin_get_version() -> u32 {
    1 // 0.1: major in the upper half
}

#[no_mangle]
extern "C" fn _polars_plugin_get_last_error_message() -> *const c_char {
    LAST_ERROR.with(|last| last.borrow().as_ptr())
}

/// # Safety
/// As polars calls it: `fields` are those of `len` columns, `packet` has `packet_len` bytes, `returned` is writable.
unsafe fn field(
    function: Function,
    fields: *const FFI_ArrowSchema,
    len: usize,
    packet: *const u8,
    packet_len: usize,
    returned: *mut FFI_ArrowSchema,
) {
    guarded(|| {
        // SAFETY: as the caller promises.
        let (fields, packet) =
            unsafe { (slice::from_raw_parts(fields, len), slice::from_raw_parts(packet, packet_len)) };
        let field = Field::try_from(fields.first().ok_or_else(no_column)?).map_err(arrow_error)?;
        // What is wrong with the tool or the type of the column shows now, not in the middle of a query.
        tool_of(packet)?;
        let empty = new_empty_array(field.data_type());
        Column::new(Arc::new(field.clone()), vec![empty]).texts()?;
        let made = FFI_ArrowSchema::try_from(&Field::new(field.name(), function.returns(), true));
        // SAFETY: as the caller promises.
        unsafe { ptr::write(returned, made.map_err(arrow_error)?) };
        Ok(())
    });
}

/// # Safety
/// As polars calls it: `inputs` are `len` columns that are ours from now on; else as in [`field`].
unsafe fn call(
    function: Function,
    inputs: *mut SeriesExport,
    len: usize,
    packet: *const u8,
    packet_len: usize,
    returned: *mut SeriesExport,
) {
    guarded(|| {
        // SAFETY: as the caller promises; polars forgets the columns after the call.
        let mut inputs = (0..len).map(|at| unsafe { ptr::read(inputs.add(at)) }).collect::<Vec<_>>();
        // SAFETY: as the caller promises.
        let packet = unsafe { slice::from_raw_parts(packet, packet_len) };
        let tool = tool_of(packet)?;
        let column = inputs.pop().ok_or_else(no_column)?.import()?;
        let made = SeriesExport::export(function.run(&column, &tool)?)?;
        // SAFETY: as the caller promises; what is there is empty.
        unsafe { ptr::write(returned, made) };
        Ok(())
    });
}

macro_rules! expression {
    ($field:ident, $call:ident, $function:expr) => {
        #[no_mangle]
        unsafe extern "C" fn $field(
            fields: *const FFI_ArrowSchema,
            len: usize,
            returned: *mut FFI_ArrowSchema,
            packet: *const u8,
            packet_len: usize,
        ) {
            // SAFETY: only polars calls this.
            unsafe { field($function, fields, len, packet, packet_len, returned) }
        }

        #[no_mangle]
        unsafe extern "C" fn $call(
            inputs: *mut SeriesExport,
            len: usize,
            packet: *const u8,
            packet_len: usize,
            returned: *mut SeriesExport,
            _context: *mut c_void,
        ) {
            // SAFETY: only polars calls this.
            unsafe { call($function, inputs, len, packet, packet_len, returned) }
        }
    };
}

expression!(_polars_plugin_field_kayan_normalize, _polars_plugin_kayan_normalize, Function::Normalize);
expression!(_polars_plugin_field_kayan_find, _polars_plugin_kayan_find, Function::Find);
expression!(_polars_plugin_field_kayan_contains, _polars_plugin_kayan_contains, Function::Contains);
expression!(_polars_plugin_field_kayan_count, _polars_plugin_kayan_count, Function::Count);
