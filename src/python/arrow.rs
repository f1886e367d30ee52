//! Arrow columns in and out through the `PyCapsule` interface.
#![expect(unsafe_code, reason = "the Arrow C interface is made of raw structs and callbacks")]

use std::collections::HashMap;
use std::ffi::{c_char, c_int, c_void, CString};
use std::ops::Range;
use std::ptr;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{from_ffi, FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::types::{
    ArrowDictionaryKeyType, Int16Type, Int32Type, Int64Type, Int8Type, UInt16Type, UInt32Type, UInt64Type,
    UInt8Type,
};
use arrow_array::{
    make_array, Array, ArrayReader, ArrayRef, BooleanArray, DictionaryArray, Float64Array,
    GenericStringArray, Int32Array, Int64Array, LargeListArray, LargeStringArray, OffsetSizeTrait,
    RecordBatch, RecordBatchIterator, StringArray, StringViewArray, StructArray,
};
use arrow_buffer::{ArrowNativeType, Buffer, NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields};
use macro_rules_attribute::apply;
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use super::border::{at_border, guarded};
use super::KayanError;
use kayan::{MatchTable, Matcher, NormalizedPart, NormalizedRow, StringColumn, Text};

fn failed(error: ArrowError) -> PyErr {
    KayanError::new_err(error.to_string())
}

/// A column of strings from any library that speaks the `PyCapsule` interface.
pub(super) struct Column {
    field: FieldRef,
    chunks: Vec<ArrayRef>,
}

impl<'a, 'py> FromPyObject<'a, 'py> for Column {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        at_border(|| Self::import(object))
    }
}

impl Column {
    fn import(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let py = object.py();
        if object.hasattr(intern!(py, "__arrow_c_stream__"))? {
            let capsule: Bound<'_, PyCapsule> =
                object.call_method0(intern!(py, "__arrow_c_stream__"))?.cast_into()?;
            let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
            // SAFETY: a capsule of this name holds an initialized ArrowArrayStream (the interface
            // says so); `from_raw` moves it out and leaves a released one for the capsule to free.
            let reader = unsafe { ArrayStreamReader::from_raw(stream.as_ptr()) }.map_err(failed)?;
            let field = Arc::clone(reader.field());
            return Ok(Self { field, chunks: reader.collect::<Result<_, _>>().map_err(failed)? });
        }
        if object.hasattr(intern!(py, "__arrow_c_array__"))? {
            let pair: Bound<'_, PyTuple> =
                object.call_method0(intern!(py, "__arrow_c_array__"))?.cast_into()?;
            let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = pair.extract()?;
            let schema = schema.pointer_checked(Some(c"arrow_schema"))?.cast::<FFI_ArrowSchema>();
            let array = array.pointer_checked(Some(c"arrow_array"))?.cast::<FFI_ArrowArray>();
            // SAFETY: a capsule of this name holds an initialized ArrowSchema, alive as long as `pair`.
            let schema = unsafe { schema.as_ref() };
            // SAFETY: likewise for the array.
            if schema.release().is_none() || unsafe { array.as_ref() }.is_released() {
                return Err(KayanError::new_err("the Arrow array was taken over by another consumer before"));
            }
            // SAFETY: likewise for the array, which `from_raw` moves out; the two belong together.
            let data =
                unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema) }.map_err(failed)?;
            let field = Arc::new(Field::try_from(schema).map_err(failed)?);
            return Ok(Self { field, chunks: vec![make_array(data)] });
        }
        let kind = object.get_type().name()?;
        Err(PyTypeError::new_err(format!("expected a column of strings, got {kind}")))
    }

    pub(super) fn new(field: FieldRef, chunks: Vec<ArrayRef>) -> Self {
        Self { field, chunks }
    }

    /// Returns the rows of all chunks.
    pub(super) fn texts(&self) -> PyResult<Vec<Text<'_>>> {
        let mut texts = Vec::with_capacity(self.chunks.iter().map(Array::len).sum());
        for chunk in &self.chunks {
            push_texts(chunk, &mut texts)?;
        }
        Ok(texts)
    }

    /// Rewrites the texts; the result has the type of the column. Of a dictionary each value is worked on
    /// once, and values that become equal become one.
    pub(super) fn map_texts(
        &self,
        work: impl FnOnce(&[Text<'_>]) -> PyResult<Vec<NormalizedPart>>,
    ) -> PyResult<ArrowColumn> {
        let DataType::Dictionary(_, value_type) = self.field.data_type() else {
            return self.rewritten(self.field.data_type(), work);
        };
        let mut values = Vec::new();
        for chunk in &self.chunks {
            push_texts(chunk.as_any_dictionary().values(), &mut values)?;
        }
        let strings = Strings::new(&values, &work(&values)?);
        let mut first = 0;
        let mut chunks = Vec::with_capacity(self.chunks.len());
        for chunk in &self.chunks {
            let end = first + chunk.as_any_dictionary().values().len();
            let (distinct, number_of) = strings.distinct(first..end);
            chunks.push(renumbered(chunk, &number_of, distinct.array(value_type)?)?);
            first = end;
        }
        // Without the metadata, which may name the old values, as that of an Enum of polars does.
        let field = Field::new(self.field.name(), self.field.data_type().clone(), true);
        Ok(ArrowColumn { field: Arc::new(field), chunks })
    }

    /// Rewrites the texts into one chunk of strings of a type.
    pub(super) fn rewritten(
        &self,
        data_type: &DataType,
        work: impl FnOnce(&[Text<'_>]) -> PyResult<Vec<NormalizedPart>>,
    ) -> PyResult<ArrowColumn> {
        let texts = self.texts()?;
        let array = Strings::new(&texts, &work(&texts)?).array(data_type)?;
        let field = Field::new(self.field.name(), array.data_type().clone(), true);
        Ok(ArrowColumn { field: Arc::new(field), chunks: vec![array] })
    }

    /// Returns the matches of each row as a list of structs, null for a null; `table` is of all `texts` of the column.
    pub(super) fn nested(&self, texts: &[Text<'_>], matcher: &Matcher, table: &MatchTable) -> ArrowColumn {
        let labels = table.origins.iter().map(|&e| matcher.label(e)).collect::<LargeStringArray>();
        let columns = match_columns(matcher, table, Arc::new(labels)).into();
        // The lists of all chunks point into these.
        let values: ArrayRef = Arc::new(StructArray::new(match_fields(), columns, None));
        let mut offsets = vec![0];
        let mut end = 0;
        for row in 0..texts.len() as u64 {
            end += table.rows[end..].iter().take_while(|&&other| other == row).count();
            offsets.push(end as i64);
        }
        let offsets = ScalarBuffer::from(offsets);
        self.answers(texts, nested_type(), |rows, nulls| {
            let offsets = OffsetBuffer::new(offsets.slice(rows.start, rows.len() + 1));
            Arc::new(LargeListArray::new(nested_item(), offsets, Arc::clone(&values), nulls))
        })
    }

    /// Returns the number of matches of each row, or whether it has any; null for a null.
    pub(super) fn tallies(&self, texts: &[Text<'_>], counts: &[u32], whether: bool) -> ArrowColumn {
        let data_type = if whether { DataType::Boolean } else { DataType::Int64 };
        self.answers(texts, data_type, |rows, nulls| {
            let counts = counts[rows].iter();
            if whether {
                Arc::new(BooleanArray::new(counts.map(|&count| count > 0).collect(), nulls))
            } else {
                Arc::new(Int64Array::new(counts.map(|&count| i64::from(count)).collect(), nulls))
            }
        })
    }

    /// Returns a column in chunks of the same rows, of which those without a text are null.
    fn answers(
        &self,
        texts: &[Text<'_>],
        data_type: DataType,
        answer: impl Fn(Range<usize>, Option<NullBuffer>) -> ArrayRef,
    ) -> ArrowColumn {
        let mut start = 0;
        let chunks = self.chunks.iter().map(|chunk| {
            let rows = start..start + chunk.len();
            start = rows.end;
            let present = texts[rows.clone()].iter().map(|text| !matches!(text, Text::Null));
            answer(rows, Some(present.collect::<NullBuffer>()).filter(|nulls| nulls.null_count() > 0))
        });
        let chunks = chunks.collect();
        ArrowColumn { field: Arc::new(Field::new(self.field.name(), data_type, true)), chunks }
    }
}

/// Strings end to end, as they come out of the normalizer.
struct Strings {
    /// UTF-8.
    text: Vec<u8>,
    /// Where each ends in `text`, in bytes.
    ends: Vec<usize>,
    nulls: Option<NullBuffer>,
}

impl Strings {
    fn new(texts: &[Text<'_>], parts: &[NormalizedPart]) -> Self {
        let mut originals = texts.iter();
        let mut text = Vec::with_capacity(texts.iter().map(Text::size).sum());
        let mut ends = Vec::with_capacity(texts.len());
        let mut nulls = NullBufferBuilder::new(texts.len());
        for part in parts {
            for row in &part.rows {
                match (row, originals.next()) {
                    (NormalizedRow::Unchanged, Some(Text::Utf8(original))) => {
                        text.extend(original.as_bytes());
                    }
                    (NormalizedRow::Utf8(range), _) => text.extend(&part.utf8[range.clone()]),
                    // Rows of a column are UTF-8.
                    _ => {}
                }
                nulls.append(*row != NormalizedRow::Null);
                ends.push(text.len());
            }
        }
        Self { text, ends, nulls: nulls.finish() }
    }

    fn get(&self, row: usize) -> Option<&[u8]> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        let is_null = self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row));
        (!is_null).then(|| &self.text[start..self.ends[row]])
    }

    /// Returns the different ones of some rows, and the number that each row has among them.
    fn distinct(&self, range: Range<usize>) -> (Self, Vec<usize>) {
        let mut numbers = HashMap::new();
        let (mut text, mut ends) = (Vec::new(), Vec::new());
        let mut nulls = NullBufferBuilder::new(range.len());
        let number_of = range
            .map(|row| {
                *numbers.entry(self.get(row)).or_insert_with(|| {
                    text.extend(self.get(row).unwrap_or_default());
                    nulls.append(self.get(row).is_some());
                    ends.push(text.len());
                    ends.len() - 1
                })
            })
            .collect();
        (Self { text, ends, nulls: nulls.finish() }, number_of)
    }

    fn array(self, data_type: &DataType) -> PyResult<ArrayRef> {
        let is_text = simdutf8::basic::from_utf8(&self.text)
            .is_ok_and(|text| self.ends.iter().all(|&end| text.is_char_boundary(end)));
        if !is_text {
            return Err(KayanError::new_err("a result is not UTF-8"));
        }
        if *data_type == DataType::LargeUtf8 || i32::try_from(self.text.len()).is_err() {
            let array = self.strings::<i64>();
            return Ok(match data_type {
                DataType::Utf8View => Arc::new(StringViewArray::from(&array)),
                _ => Arc::new(array),
            });
        }
        let array = self.strings::<i32>();
        Ok(match data_type {
            DataType::Utf8View => Arc::new(StringViewArray::from(&array)),
            _ => Arc::new(array),
        })
    }

    /// Returns the rows as one array, after `array` has checked them.
    fn strings<O: OffsetSizeTrait>(self) -> GenericStringArray<O> {
        let lengths =
            (0..self.ends.len()).map(|row| self.ends[row] - row.checked_sub(1).map_or(0, |r| self.ends[r]));
        let offsets = OffsetBuffer::from_lengths(lengths);
        // SAFETY: the text is UTF-8 and each row ends on a character of it, which `array` has just checked; the
        // offsets begin with 0 and rise to the length of the text, and there is one null bit for each row.
        unsafe { GenericStringArray::new_unchecked(offsets, Buffer::from(self.text), self.nulls) }
    }
}

/// Returns a dictionary column with other values; `number_of` says which of them each old one became.
fn renumbered(array: &ArrayRef, number_of: &[usize], values: ArrayRef) -> PyResult<ArrayRef> {
    fn typed<K: ArrowDictionaryKeyType>(
        array: &ArrayRef,
        number_of: &[usize],
        values: ArrayRef,
    ) -> PyResult<ArrayRef> {
        let keys = array.as_dictionary::<K>().keys();
        // The key of a null row may be anything.
        let renumber =
            |key: K::Native| K::Native::usize_as(number_of.get(key.as_usize()).copied().unwrap_or_default());
        let keys = keys.unary::<_, K>(renumber);
        Ok(Arc::new(DictionaryArray::<K>::try_new(keys, values).map_err(failed)?))
    }
    let DataType::Dictionary(key_type, _) = array.data_type() else {
        return Ok(Arc::clone(array));
    };
    match **key_type {
        DataType::Int8 => typed::<Int8Type>(array, number_of, values),
        DataType::Int16 => typed::<Int16Type>(array, number_of, values),
        DataType::Int64 => typed::<Int64Type>(array, number_of, values),
        DataType::UInt8 => typed::<UInt8Type>(array, number_of, values),
        DataType::UInt16 => typed::<UInt16Type>(array, number_of, values),
        DataType::UInt32 => typed::<UInt32Type>(array, number_of, values),
        DataType::UInt64 => typed::<UInt64Type>(array, number_of, values),
        _ => typed::<Int32Type>(array, number_of, values),
    }
}

fn push_texts<'a>(array: &'a ArrayRef, texts: &mut Vec<Text<'a>>) -> PyResult<()> {
    // Producers promise UTF-8, and some don't keep it: pyarrow takes what a Parquet file says.
    fn push<'a>(
        rows: impl Iterator<Item = Option<Option<&'a [u8]>>>,
        texts: &mut Vec<Text<'a>>,
    ) -> PyResult<()> {
        for row in rows {
            texts.push(match row.map(|bytes| bytes.map(simdutf8::basic::from_utf8)) {
                None => Text::Null,
                Some(Some(Ok(text))) => Text::Utf8(text),
                Some(Some(Err(_))) => {
                    return Err(KayanError::new_err(format!("row {} is not UTF-8", texts.len())))
                }
                Some(None) => {
                    let row = texts.len();
                    return Err(KayanError::new_err(format!("row {row} is outside of its Arrow buffer")));
                }
            });
        }
        Ok(())
    }
    /// Reads each offset once and checks it, since another thread may be writing to the buffer.
    fn checked<O: OffsetSizeTrait>(
        array: &GenericStringArray<O>,
    ) -> impl Iterator<Item = Option<Option<&[u8]>>> {
        let (offsets, values) = (array.value_offsets(), array.value_data());
        let mut start = offsets.first().map_or(0, |offset| offset.as_usize());
        offsets.iter().skip(1).enumerate().map(move |(row, offset)| {
            let bytes = values.get(start..offset.as_usize());
            start = offset.as_usize();
            (!array.is_null(row)).then_some(bytes)
        })
    }
    match array.data_type() {
        DataType::Utf8 => push(checked(array.as_string::<i32>()), texts)?,
        DataType::LargeUtf8 => push(checked(array.as_string::<i64>()), texts)?,
        DataType::Utf8View => {
            push(array.as_string_view().iter().map(|row| row.map(|text| Some(text.as_bytes()))), texts)?;
        }
        DataType::Null => texts.extend(std::iter::repeat_n(Text::Null, array.len())),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let mut values = Vec::with_capacity(dictionary.values().len());
            push_texts(dictionary.values(), &mut values)?;
            // Without values, all rows are null, and there is nothing to bound their keys by.
            let keys = if values.is_empty() { vec![0; array.len()] } else { dictionary.normalized_keys() };
            texts.extend(keys.into_iter().enumerate().map(|(row, key)| {
                if array.is_null(row) {
                    Text::Null
                } else {
                    values.get(key).copied().unwrap_or(Text::Null)
                }
            }));
        }
        other => {
            return Err(PyTypeError::new_err(format!("expected a column of strings, got Arrow type {other}")))
        }
    }
    // Positions in results are 32 bits wide; a text of fewer bytes has fewer code points.
    match texts.iter().find(|text| text.size() > i32::MAX as usize) {
        Some(long) => Err(KayanError::new_err(format!("a text of {} bytes is too long", long.size()))),
        None => Ok(()),
    }
}

/// A column that any Arrow library can import, any number of times.
#[pyclass(frozen, module = "kayan._core")]
pub(super) struct ArrowColumn {
    field: FieldRef,
    chunks: Vec<ArrayRef>,
}

impl ArrowColumn {
    pub(super) fn into_parts(self) -> (FieldRef, Vec<ArrayRef>) {
        (self.field, self.chunks)
    }
}

#[apply(guarded)]
#[pymethods]
impl ArrowColumn {
    fn __len__(&self) -> PyResult<usize> {
        Ok(self.chunks.iter().map(Array::len).sum())
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the wish for another schema.
        drop(requested_schema);
        let state =
            Exported { field: Arc::clone(&self.field), rest: self.chunks.clone().into_iter(), error: None };
        let state = Box::into_raw(Box::new(state)).cast::<c_void>();
        // SAFETY: the callbacks below agree with each other that `private_data` is an `Exported` from
        // `Box::into_raw`, which `release` alone frees.
        let stream = unsafe {
            FFI_ArrowArrayStream::new_unchecked(
                Some(get_schema),
                Some(get_next),
                Some(get_last_error),
                Some(release),
                state,
            )
        };
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

/// What the callbacks of an exported stream of arrays share.
struct Exported {
    field: FieldRef,
    rest: std::vec::IntoIter<ArrayRef>,
    error: Option<CString>,
}

const EINVAL: c_int = 22;

/// # Safety
/// `stream` must be one that `ArrowColumn` exported and that was not released.
unsafe fn exported<'a>(stream: *mut FFI_ArrowArrayStream) -> &'a mut Exported {
    // SAFETY: as the caller promises, `private_data` is a live `Exported`; the C stream interface forbids
    // calls from several threads at once.
    unsafe { &mut *(*stream).private_data().cast::<Exported>() }
}

unsafe extern "C" fn get_schema(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowSchema) -> c_int {
    // SAFETY: this is a callback of an exported stream.
    let state = unsafe { exported(stream) };
    match FFI_ArrowSchema::try_from(state.field.as_ref()) {
        Ok(schema) => {
            // SAFETY: the interface gives a pointer to an uninitialized struct to fill.
            unsafe { ptr::write(out, schema) };
            0
        }
        Err(error) => {
            state.error = CString::new(error.to_string()).ok();
            EINVAL
        }
    }
}

unsafe extern "C" fn get_next(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowArray) -> c_int {
    // SAFETY: this is a callback of an exported stream.
    let state = unsafe { exported(stream) };
    let array = state.rest.next().map_or_else(FFI_ArrowArray::empty, |a| FFI_ArrowArray::new(&a.to_data()));
    // SAFETY: the interface gives a pointer to an uninitialized struct to fill.
    unsafe { ptr::write(out, array) };
    0
}

unsafe extern "C" fn get_last_error(stream: *mut FFI_ArrowArrayStream) -> *const c_char {
    // SAFETY: this is a callback of an exported stream.
    unsafe { exported(stream) }.error.as_ref().map_or(ptr::null(), |error| error.as_ptr())
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: the interface gives a valid pointer; a released stream has no release callback left, so the
    // box is freed once.
    unsafe {
        if stream.is_null() || (*stream).release().is_none() {
            return;
        }
        drop(Box::from_raw((*stream).private_data().cast::<Exported>()));
        ptr::write(stream, FFI_ArrowArrayStream::empty());
    }
}

/// Returns what a match is made of, without its row.
fn match_fields() -> Fields {
    let field = |name, data_type: &DataType, nullable| Field::new(name, data_type.clone(), nullable);
    let (position, string) = (DataType::Int32, DataType::LargeUtf8);
    Fields::from(vec![
        field("start", &position, false),
        field("end", &position, false),
        field("text", &string, false),
        field("label", &string, true),
        field("id", &string, true),
        field("name", &string, false),
        field("prefix", &string, false),
        field("suffix", &string, false),
        field("rule", &string, true),
        field("edits", &position, false),
        field("similarity", &DataType::Float64, false),
    ])
}

fn nested_item() -> FieldRef {
    Arc::new(Field::new("item", DataType::Struct(match_fields()), true))
}

/// Returns the type of [`Column::nested`].
pub(super) fn nested_type() -> DataType {
    DataType::LargeList(nested_item())
}

/// Returns a column for each of the fields of matches.
fn match_columns(matcher: &Matcher, table: &MatchTable, labels: ArrayRef) -> [ArrayRef; 11] {
    let positions = |of: &[u32]| Arc::new(of.iter().map(|&p| p as i32).collect::<Int32Array>()) as ArrayRef;
    let strings = |column: &StringColumn| -> ArrayRef {
        let ends = column.ends.iter().map(|&end| end as i64);
        let offsets: ScalarBuffer<i64> = std::iter::once(0).chain(ends).collect();
        let text = Buffer::from(column.text.as_bytes());
        Arc::new(LargeStringArray::new(OffsetBuffer::new(offsets), text, None))
    };
    [
        positions(&table.starts),
        positions(&table.ends),
        strings(&table.texts),
        labels,
        Arc::new((0..table.len()).map(|at| table.id(matcher, at)).collect::<LargeStringArray>()),
        Arc::new((0..table.len()).map(|at| Some(table.name(matcher, at))).collect::<LargeStringArray>()),
        strings(&table.prefixes),
        strings(&table.suffixes),
        Arc::new((0..table.len()).map(|at| table.rule(matcher, at)).collect::<LargeStringArray>()),
        Arc::new((0..table.len()).map(|at| i32::from(table.edits(at))).collect::<Int32Array>()),
        Arc::new((0..table.len()).map(|at| table.similarity(at)).collect::<Float64Array>()),
    ]
}

/// Matches as a stream of one record batch; labels are a dictionary of all that there are.
pub(super) fn match_stream<'py>(
    py: Python<'py>,
    matcher: &Matcher,
    table: &MatchTable,
) -> PyResult<Bound<'py, PyCapsule>> {
    let label_numbers: Int32Array =
        table.origins.iter().map(|&e| matcher.label_number(e).map(|n| n as i32)).collect();
    let known_labels: StringArray = matcher.known_labels().iter().map(Some).collect();
    let labels =
        DictionaryArray::<Int32Type>::try_new(label_numbers, Arc::new(known_labels)).map_err(failed)?;
    let rows: ArrayRef = Arc::new(table.rows.iter().map(|&r| r as i64).collect::<Int64Array>());
    let mut columns = vec![("row", rows, false)];
    let fields = match_fields();
    for (field, column) in fields.iter().zip(match_columns(matcher, table, Arc::new(labels))) {
        columns.push((field.name(), column, field.is_nullable()));
    }
    let batch = RecordBatch::try_from_iter_with_nullable(columns).map_err(failed)?;
    let schema = batch.schema();
    let reader = RecordBatchIterator::new([Ok(batch)], schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
}
