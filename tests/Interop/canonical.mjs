// Prints one Parquet file in a canonical text form, read by a reader that shares no code with ours.
//
//   node canonical.mjs --reader duckdb|hyparquet [--schema] [--no-crc] FILE
//
// THE CANONICAL FORM (the contract: the C# side writes exactly the same text)
//
//   File    One line per row, each ended by a single LF (also the last). UTF-8, no byte-order mark, no header line.
//           A file without rows gives the empty text. A file without columns gives one empty line per row.
//   Row     The cells of the top-level columns in schema order, joined by one TAB.
//   Cell    null                        ~      (any type, at any depth)
//           boolean                     t | f
//           integer, any width, signed  i:-123         (decimal; an unsigned annotation prints the unsigned value)
//           float, double, float16      d:3ff8000000000000
//                                       The value widened to IEEE-754 double, its 64 bits as 16 lower-case hex digits,
//                                       most significant first. -0.0 stays -0.0. Every NaN is d:nan.
//           string, json, enum          s:68c3a9       (lower-case hex of the UTF-8 bytes; the empty string is "s:")
//           BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY without annotation, BSON, uuid
//                                       b:00ff         (lower-case hex; empty is "b:")
//           s: and b: of more than 1,048,576 bytes are shortened to
//                                       s#LENGTH:SHA   b#LENGTH:SHA   (byte length in decimal, SHA-256 of the bytes in hex)
//           decimal                     n:12.30  n:-0.05  n:7   (always exactly `scale` digits after the point, no point
//                                       for scale 0, at least one digit before it, no "-0.00")
//           date                        D:2009-03-01   (proleptic Gregorian; year at least 4 digits, "-" before a negative one)
//           timestamp (millis, micros, nanos, INT96; adjusted to UTC or not)
//                                       T:1230768000000000000   nanoseconds since 1970-01-01T00:00, decimal, may pass 64 bits
//                                       INT96 (nanoseconds of the day n, Julian day d, both signed): the microseconds
//                                       (d - 2440588) * 86400000000 + floor(n / 1000) in 64-bit arithmetic that wraps, times
//                                       1000, plus n mod 1000: what Spark, whose dates reach beyond the year 290000, means
//           time (millis, micros, nanos)
//                                       M:3600000000000         nanoseconds since midnight
//           list                        [v1,v2,...]             (empty list: [])
//           struct                      {name=v,name=v}         (schema order; a null struct is ~, one of nulls {a=~,b=~})
//           map                         <k=v,k=v>               (stored order, repeated keys kept; empty map: <>)
//           a MAP whose key_value group has no value field      <k=~,k=~>
//           The names in a struct are written with each of  \ TAB LF CR = , { }  as "\" + two lower-case hex digits.
//
//   Nesting follows the Parquet rules: a LIST group gives a list by the backward-compatibility rules of LogicalTypes.md
//   (repeated leaf; repeated group with several fields or called "array" or "<list>_tuple": the group is the element;
//   otherwise its only field is); a repeated field outside LIST and MAP is a required list of required elements.
//   MAP_KEY_VALUE on the outer group counts as MAP.
//
//   Type texts (--schema: "name TAB type" per top-level column)
//           bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float double string json enum bytes
//           bytes(N) for FIXED_LEN_BYTE_ARRAY, uuid, decimal(P,S), date, timestamp, time,
//           list<T>, struct<name:T;name:T>, map<K;V>, null (unknown);
//           "?" after a type means it may be null, so  list<float?>?  is an optional list of optional floats.
//
// What the two readers can and cannot give
//   duckdb      FIXED_LEN_BYTE_ARRAY float16 comes as FLOAT: the same text after widening. INT96 comes as microseconds:
//               the text is exact only when the nanoseconds are a multiple of 1000. Cannot read: the codec LZ4 (only LZ4_RAW),
//               BYTE_STREAM_SPLIT other than float and double, a map without a value field. Does not check page CRCs and
//               does not enforce level consistency, so "duckdb reads it" is no proof that a file is sound.
//   hyparquet   Used below its row assembly: its footer, page, codec and encoding readers, with the levels put together here.
//               Its own API loses information that this form keeps (a map becomes an object, timestamps become
//               Dates in milliseconds, decimals become floats, a null struct and a struct of nulls look alike).
//               What this adds is strict: CRCs (where a page has one) and all level and value counts are checked.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import zlib from 'node:zlib'
import { DuckDBInstance, DuckDBTypeId as T } from '@duckdb/node-api'
import { parquetMetadata, parquetSchema } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { compressors } from 'hyparquet-compressors'

export const LONG = 1048576

// ---- scalar forms -------------------------------------------------------------------------------------------------

const f64 = new Float64Array(1)
const u32 = new Uint32Array(f64.buffer) // little-endian host
const hex16 = Array.from({ length: 65536 }, (_, i) => i.toString(16).padStart(4, '0'))

export function float(v) {
  if (v !== v) return 'd:nan'
  f64[0] = v
  const hi = u32[1], lo = u32[0]
  return 'd:' + hex16[hi >>> 16] + hex16[hi & 65535] + hex16[lo >>> 16] + hex16[lo & 65535]
}
const bool = v => v ? 't' : 'f'
const int = v => 'i:' + v
const blob = (tag, bytes) => {
  const b = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return b.length > LONG
    ? `${tag}#${b.length}:${createHash('sha256').update(b).digest('hex')}`
    : `${tag}:${b.toString('hex')}`
}
export const bytes = v => blob('b', v)
export const string = v => blob('s', typeof v === 'string' ? Buffer.from(v, 'utf8') : v)
export function decimal(unscaled, scale) {
  const neg = unscaled < 0n
  const digits = (neg ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return 'n:' + (neg ? '-' : '') + whole + (scale ? '.' + digits.slice(digits.length - scale) : '')
}
export function date(days) {
  // civil from days, proleptic Gregorian
  const z = Number(days) + 719468
  const era = Math.floor(z / 146097)
  const doe = z - era * 146097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const d = doy - Math.floor((153 * mp + 2) / 5) + 1
  const m = mp < 10 ? mp + 3 : mp - 9
  const y = yoe + era * 400 + (m <= 2 ? 1 : 0)
  const p = (n, w) => String(n).padStart(w, '0')
  return `D:${y < 0 ? '-' : ''}${p(Math.abs(y), 4)}-${p(m, 2)}-${p(d, 2)}`
}
const stamp = nanos => 'T:' + nanos
const time = nanos => 'M:' + nanos
export const fieldName = n => n.replace(/[\\\t\n\r=,{}]/g, c => '\\' + c.charCodeAt(0).toString(16).padStart(2, '0'))
/** 12 bytes: nanoseconds of the day, signed 64 bits, then the Julian day, signed 32 bits, both little-endian. */
function int96(b) {
  const v = viewOf(b), nanos = v.getBigInt64(0, true), day = BigInt(v.getInt32(8, true))
  const sub = (nanos % 1000n + 1000n) % 1000n
  return stamp(BigInt.asIntN(64, (day - 2440588n) * 86400000000n + (nanos - sub) / 1000n) * 1000n + sub)
}
const signed = b => { let v = 0n; for (const x of b) v = v << 8n | BigInt(x); return b.length && b[0] & 128 ? v - (1n << BigInt(8 * b.length)) : v }

function half(b) {
  const h = b[1] << 8 | b[0], s = h >> 15 ? -1 : 1, e = h >> 10 & 31, f = h & 1023
  if (e === 0) return s * f * 2 ** -24
  if (e === 31) return f ? NaN : s * Infinity
  return s * (1 + f / 1024) * 2 ** (e - 15)
}

// ---- schema (from the footer, by hyparquet) -----------------------------------------------------------------------

export function openFooter(path) {
  const file = readFileSync(path)
  const metadata = parquetMetadata(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength))
  return { file, metadata, columns: parquetSchema(metadata).children.map(c => node(c, 0, 0)) }
}

/** Turns a schema subtree into {kind, ...}; def and rep are the levels of the parent. */
function node(tree, def, rep, asElement = false) {
  const e = tree.element
  const name = e.name
  if (e.repetition_type === 'REPEATED' && !asElement) {
    return { kind: 'list', name, def: def + 1, rep: rep + 1, optional: false, element: node(tree, def + 1, rep + 1, true) }
  }
  const optional = e.repetition_type === 'OPTIONAL'
  const d = optional ? def + 1 : def
  const base = { name, optional, nullDef: d }
  if (!tree.children.length) return { ...base, kind: 'leaf', maxDef: d, maxRep: rep, path: tree.path, element: e, ...scalar(e) }
  const only = tree.children.length === 1 ? tree.children[0] : undefined
  const repeated = only?.element.repetition_type === 'REPEATED'
  const lt = e.logical_type?.type
  if ((e.converted_type === 'LIST' || lt === 'LIST') && repeated) {
    const r = only
    const self = !r.children.length || r.children.length > 1 || r.element.name === 'array' ||
      r.element.name === name + '_tuple' || r.children[0].element.repetition_type === 'REPEATED'
    const element = self ? node(r, d + 1, rep + 1, true) : node(r.children[0], d + 1, rep + 1)
    return { ...base, kind: 'list', def: d + 1, rep: rep + 1, element }
  }
  if ((e.converted_type === 'MAP' || e.converted_type === 'MAP_KEY_VALUE' || lt === 'MAP') && repeated &&
      (only.children.length === 1 || only.children.length === 2)) {
    const [k, v] = only.children
    return { ...base, kind: 'map', def: d + 1, rep: rep + 1, key: node(k, d + 1, rep + 1), value: v && node(v, d + 1, rep + 1) }
  }
  return { ...base, kind: 'struct', fields: tree.children.map(c => node(c, d, rep)) }
}

function scalar(e) {
  const c = e.converted_type, l = e.logical_type, t = e.type
  const is = (ct, lt) => c === ct || l?.type === lt
  if (l?.type === 'NULL') return { text: 'null', show: () => '~' }
  if (c === 'DECIMAL' || l?.type === 'DECIMAL') {
    const scale = e.scale ?? l?.scale ?? 0, precision = e.precision ?? l?.precision
    return { text: `decimal(${precision},${scale})`, show: v => decimal(v instanceof Uint8Array ? signed(v) : BigInt(v), scale) }
  }
  if (is('DATE', 'DATE')) return { text: 'date', show: date }
  if (t === 'INT96') return { text: 'timestamp', show: int96 }
  if (c === 'TIMESTAMP_MILLIS' || c === 'TIMESTAMP_MICROS' || l?.type === 'TIMESTAMP') {
    const f = unit(l?.unit ?? c)
    return { text: 'timestamp', show: v => stamp(BigInt(v) * f) }
  }
  if (c === 'TIME_MILLIS' || c === 'TIME_MICROS' || l?.type === 'TIME') {
    const f = unit(l?.unit ?? c)
    return { text: 'time', show: v => time(BigInt(v) * f) }
  }
  if (l?.type === 'UUID') return { text: 'uuid', show: bytes }
  if (l?.type === 'FLOAT16') return { text: 'float16', show: v => float(half(v)) }
  if (is('JSON', 'JSON')) return { text: 'json', show: string }
  if (is('ENUM', 'ENUM')) return { text: 'enum', show: string }
  if (is('UTF8', 'STRING')) return { text: 'string', show: string }
  const width = l?.type === 'INTEGER' ? l.bitWidth : Number(/^U?INT_(\d+)$/.exec(c ?? '')?.[1] ?? (t === 'INT64' ? 64 : 32))
  const unsigned = l?.type === 'INTEGER' ? !l.isSigned : /^UINT/.test(c ?? '')
  switch (t) {
    case 'BOOLEAN': return { text: 'bool', show: bool }
    case 'INT32': return { text: (unsigned ? 'uint' : 'int') + width, show: unsigned ? v => int(v >>> 0) : int }
    case 'INT64': return { text: (unsigned ? 'uint' : 'int') + width, show: unsigned ? v => int(BigInt.asUintN(64, v)) : int }
    case 'FLOAT': return { text: 'float', show: float }
    case 'DOUBLE': return { text: 'double', show: float }
    case 'BYTE_ARRAY': return { text: 'bytes', show: bytes }
    case 'FIXED_LEN_BYTE_ARRAY': return { text: `bytes(${e.type_length})`, show: bytes }
    default: throw new Error(`unknown physical type ${t}`)
  }
}
const unit = u => ({ MILLIS: 1000000n, MICROS: 1000n, NANOS: 1n, TIMESTAMP_MILLIS: 1000000n, TIMESTAMP_MICROS: 1000n, TIME_MILLIS: 1000000n, TIME_MICROS: 1000n })[u]

export function typeText(n) {
  const q = n.optional ? '?' : ''
  switch (n.kind) {
    case 'leaf': return n.text + q
    case 'list': return `list<${typeText(n.element)}>${q}`
    case 'map': return `map<${typeText(n.key)};${n.value ? typeText(n.value) : 'null?'}>${q}`
    case 'struct': return `struct<${n.fields.map(f => fieldName(f.name) + ':' + typeText(f)).join(';')}>${q}`
  }
}

// ---- hyparquet ----------------------------------------------------------------------------------------------------

/** Yields rows (arrays of cells). options.crc === false skips page checksums. */
export function* readHyparquet(path, options = {}) {
  const { file, metadata, columns } = openFooter(path)
  const tree = parquetSchema(metadata)
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    const cells = columns.map(column => {
      const leaves = []
      const collect = n => n.kind === 'leaf' ? leaves.push(n)
        : (n.fields ?? [n.element ?? n.key, n.value].filter(Boolean)).forEach(collect)
      collect(column)
      for (const leaf of leaves) {
        const chunk = group.columns.find(c => c.meta_data?.path_in_schema.join('\0') === leaf.path.join('\0'))
        if (!chunk) throw new Error(`no column chunk for ${leaf.path.join('.')}`)
        leaf.cursor = readChunk(file, tree, leaf, chunk.meta_data, options)
      }
      attach(column)
      const out = new Array(rows)
      for (let i = 0; i < rows; i++) {
        const c = column.first.cursor
        if (c.at >= c.count) throw new Error(`${column.name}: levels end at row ${i} of ${rows}`)
        if (c.rep && c.rep[c.at] !== 0) throw new Error(`${column.name}: row ${i} does not start with repetition level 0`)
        out[i] = build(column)
      }
      for (const leaf of leaves) {
        if (leaf.cursor.at !== leaf.cursor.count) throw new Error(`${leaf.path.join('.')}: ${leaf.cursor.count - leaf.cursor.at} levels left over`)
        leaf.cursor = undefined
      }
      return out
    })
    for (let i = 0; i < rows; i++) yield cells.map(c => c[i])
  }
}

/** first: the leaf whose levels decide about a node; every: all leaves under it. */
function attach(n) {
  if (n.kind === 'leaf') { n.first = n; n.every = [n]; return }
  const kids = n.kind === 'struct' ? n.fields : n.kind === 'map' ? [n.key, n.value].filter(Boolean) : [n.element]
  kids.forEach(attach)
  n.first = kids[0].first
  n.every = kids.flatMap(k => k.every)
}

const skip = n => { for (const l of n.every) l.cursor.at++ }

function build(n) {
  const c = n.first.cursor
  if (n.kind === 'leaf') {
    const at = c.at++
    if (at >= c.count) throw new Error(`${n.path.join('.')}: levels end too early`)
    if (c.def && c.def[at] !== n.maxDef) return '~'
    if (c.value >= c.values.length) throw new Error(`${n.path.join('.')}: values end too early`)
    return n.show(c.values[c.value++])
  }
  const def = c.def ? c.def[c.at] : n.first.maxDef
  if (n.optional && def < n.nullDef) { skip(n); return '~' }
  if (n.kind === 'struct') return '{' + n.fields.map(f => fieldName(f.name) + '=' + build(f)).join(',') + '}'
  const [open, close] = n.kind === 'list' ? '[]' : '<>'
  if (def < n.def) { skip(n); return open + close }
  const items = []
  do {
    items.push(n.kind === 'list' ? build(n.element) : build(n.key) + '=' + (n.value ? build(n.value) : '~'))
  } while (c.at < c.count && c.rep[c.at] === n.rep)
  return open + items.join(',') + close
}

function readChunk(file, tree, leaf, meta, options) {
  const crc = options.crc ?? true
  // hyparquet joins the two parts of an INT96 wrongly when the lower one is negative: take the 12 bytes as they are
  const type = meta.type === 'INT96' ? 'FIXED_LEN_BYTE_ARRAY' : meta.type
  const element = meta.type === 'INT96' ? { ...leaf.element, type, type_length: 12 } : leaf.element
  const schemaPath = [tree]
  for (const p of leaf.path) schemaPath.push(schemaPath.at(-1).children.find(c => c.element.name === p))
  const decoder = { pathInSchema: leaf.path, element, schemaPath, type, codec: meta.codec, compressors }
  const total = Number(meta.num_values)
  let start = Number(meta.data_page_offset)
  // An offset of 0 stands for "none" in files of old Java writers
  if (meta.dictionary_page_offset && Number(meta.dictionary_page_offset) < start) start = Number(meta.dictionary_page_offset)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const reader = { view, offset: start }
  const def = leaf.maxDef ? new Uint8Array(total) : undefined
  const rep = leaf.maxRep ? new Uint8Array(total) : undefined
  const where = leaf.path.join('.')
  const parts = []
  let count = 0, dictionary, stored = 0
  while (count < total) {
    const header = parquetHeader(reader)
    const size = header.compressed_page_size
    if (size < 0 || reader.offset + size > file.length) throw new Error(`${where}: page of ${size} bytes runs past the end of the file`)
    // A copy of its own, so that reading past the page's end fails instead of finding the next page's bytes
    const body = Uint8Array.prototype.slice.call(new Uint8Array(file.buffer, file.byteOffset + reader.offset, size))
    reader.offset += size
    if (crc && header.crc !== undefined && zlib.crc32(body) !== header.crc >>> 0) throw new Error(`${where}: page checksum does not match`)
    if (crc && header.crc !== undefined) options.seen?.add('CRC')
    options.seen?.add(header.type)
    if (header.type === 'DICTIONARY_PAGE') {
      const page = decompressPage(body, header.uncompressed_page_size, meta.codec, compressors)
      dictionary = readPlain({ view: viewOf(page), offset: 0 }, type, header.dictionary_page_header.num_values, element.type_length)
      continue
    }
    let page, h
    if (header.type === 'DATA_PAGE') {
      h = header.data_page_header
      page = readDataPage(decompressPage(body, header.uncompressed_page_size, meta.codec, compressors), h, decoder)
    } else if (header.type === 'DATA_PAGE_V2') {
      h = header.data_page_header_v2
      // No values: nothing is stored, and no codec may be asked to expand the nothing
      const levels = h.definition_levels_byte_length + h.repetition_levels_byte_length
      if (size === levels && h.is_compressed !== false) header.data_page_header_v2 = { ...h, is_compressed: false }
      page = readDataPageV2(body, header, decoder)
    } else continue
    const n = h.num_values
    if (count + n > total) throw new Error(`${where}: pages hold more than the ${total} values of the column chunk`)
    let present = n
    if (def) {
      // hyparquet leaves the levels out when nothing is null
      const levels = page.definitionLevels?.length ? page.definitionLevels : undefined
      if (levels && levels.length !== n) throw new Error(`${where}: ${levels.length} definition levels for ${n} values`)
      present = 0
      for (let i = 0; i < n; i++) {
        const d = levels ? levels[i] : leaf.maxDef
        if (!(d >= 0 && d <= leaf.maxDef)) throw new Error(`${where}: definition level ${d} of at most ${leaf.maxDef}`)
        def[count + i] = d
        if (d === leaf.maxDef) present++
      }
    }
    if (rep) {
      if (page.repetitionLevels.length !== n) throw new Error(`${where}: ${page.repetitionLevels.length} repetition levels for ${n} values`)
      for (let i = 0; i < n; i++) {
        const r = page.repetitionLevels[i]
        if (!(r >= 0 && r <= leaf.maxRep)) throw new Error(`${where}: repetition level ${r} of at most ${leaf.maxRep}`)
        rep[count + i] = r
      }
    }
    options.seen?.add(h.encoding)
    let values = page.dataPage
    if (values.length !== present) throw new Error(`${where}: ${values.length} values for ${present} present`)
    if (h.encoding === 'PLAIN_DICTIONARY' || h.encoding === 'RLE_DICTIONARY') {
      if (!dictionary && present) throw new Error(`${where}: dictionary indices without a dictionary`)
      const looked = new Array(values.length)
      for (let i = 0; i < values.length; i++) {
        if (!(values[i] < dictionary.length)) throw new Error(`${where}: dictionary index ${values[i]} of ${dictionary.length}`)
        looked[i] = dictionary[values[i]]
      }
      values = looked
    }
    if (present) parts.push(values)
    count += n
    stored += present
  }
  if (rep && total && rep[0] !== 0) throw new Error(`${where}: the first repetition level is ${rep[0]}, not 0`)
  let all = parts[0] ?? []
  if (parts.length > 1) {
    all = new Array(stored)
    let k = 0
    for (const p of parts) for (let i = 0; i < p.length; i++) all[k++] = p[i]
  }
  return { at: 0, count: total, def, rep, values: all, value: 0 }
}
const viewOf = b => new DataView(b.buffer, b.byteOffset, b.byteLength)

// ---- DuckDB -------------------------------------------------------------------------------------------------------

let instance
export async function duckdb() {
  instance ??= await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '8GB' })
  const c = await instance.connect()
  await c.run("SET TimeZone = 'UTC'")
  return c
}
export const quote = s => "'" + s.replaceAll("'", "''") + "'"

export async function duckdbColumns(connection, path) {
  const r = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${quote(path)})`)
  return r.getRows().map(row => ({ name: row[0], type: row[1] }))
}

/** Yields rows (arrays of cells). */
export async function* readDuckdb(path, options = {}) {
  const connection = options.connection ?? await duckdb()
  // The columns are asked for one by one so that a file with duplicate or odd names is seen as it is
  const result = await connection.stream(options.sql ?? `SELECT * FROM read_parquet(${quote(path)})`)
  const shows = Array.from({ length: result.columnCount }, (_, i) => duckShow(result.columnType(i)))
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    const columns = shows.map((show, c) => {
      const vector = chunk.getColumnVector(c)
      return Array.from({ length: chunk.rowCount }, (_, r) => show(vector.getItem(r)))
    })
    for (let r = 0; r < chunk.rowCount; r++) yield columns.map(c => c[r])
  }
}

function duckShow(type) {
  const inner = duckInner(type)
  return v => v === null || v === undefined ? '~' : inner(v)
}
function duckInner(type) {
  switch (type.typeId) {
    case T.BOOLEAN: return bool
    case T.TINYINT: case T.SMALLINT: case T.INTEGER: case T.BIGINT: case T.HUGEINT:
    case T.UTINYINT: case T.USMALLINT: case T.UINTEGER: case T.UBIGINT: case T.UHUGEINT: return int
    case T.FLOAT: case T.DOUBLE: return float
    case T.VARCHAR: case T.ENUM: return string
    case T.BLOB: return v => bytes(v.bytes)
    case T.UUID: return v => 'b:' + v.toUint128().toString(16).padStart(32, '0')
    case T.DECIMAL: return v => decimal(v.value, v.scale)
    case T.DATE: return v => date(v.days)
    case T.TIMESTAMP: case T.TIMESTAMP_TZ: return v => stamp(v.micros * 1000n)
    case T.TIMESTAMP_S: return v => stamp(v.seconds * 1000000000n)
    case T.TIMESTAMP_MS: return v => stamp(v.millis * 1000000n)
    case T.TIMESTAMP_NS: return v => stamp(v.nanos)
    case T.TIME: case T.TIME_TZ: return v => time(v.micros * 1000n)
    case T.TIME_NS: return v => time(v.nanos)
    case T.SQLNULL: return () => '~'
    case T.LIST: case T.ARRAY: {
      const show = duckShow(type.valueType)
      return v => '[' + v.items.map(show).join(',') + ']'
    }
    case T.STRUCT: {
      const names = type.entryNames, shows = type.entryTypes.map(duckShow)
      return v => '{' + names.map((n, i) => fieldName(n) + '=' + shows[i](v.entries[n])).join(',') + '}'
    }
    case T.MAP: {
      const k = duckShow(type.keyType), val = duckShow(type.valueType)
      return v => '<' + v.entries.map(e => k(e.key) + '=' + val(e.value)).join(',') + '>'
    }
    default: throw new Error(`no canonical form for DuckDB type ${type}`)
  }
}

export const read = (reader, path, options) => reader === 'duckdb' ? readDuckdb(path, options)
  : reader === 'hyparquet' ? readHyparquet(path, options)
    : (() => { throw new Error(`unknown reader ${reader}`) })()

// ---- command line -------------------------------------------------------------------------------------------------

async function main(args) {
  const take = (name, value) => { const i = args.indexOf(name); return i < 0 ? undefined : value ? args.splice(i, 2)[1] : !!args.splice(i, 1) }
  const reader = take('--reader', true) ?? 'duckdb'
  const schema = take('--schema', false), noCrc = take('--no-crc', false)
  const [path] = args
  if (!path) throw new Error('usage: node canonical.mjs --reader duckdb|hyparquet [--schema] [--no-crc] FILE')
  if (schema) {
    const columns = reader === 'duckdb' ? await duckdbColumns(await duckdb(), path) : openFooter(path).columns.map(c => ({ name: c.name, type: typeText(c) }))
    for (const c of columns) process.stdout.write(`${c.name}\t${c.type}\n`)
    return
  }
  let out = []
  let size = 0
  const flush = async () => { const s = out.join(''); out = []; size = 0; if (!process.stdout.write(s)) await new Promise(r => process.stdout.once('drain', r)) }
  for await (const row of read(reader, path, { crc: !noCrc })) {
    const line = row.join('\t') + '\n'
    out.push(line)
    size += line.length
    if (size > 1 << 20) await flush()
  }
  await flush()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.slice(2)).catch(e => { console.error(String(e.message ?? e)); process.exitCode = 1 })
}
