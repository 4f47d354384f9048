// Reads Parquet files written by the C# side with DuckDB and hyparquet and compares them with what the C# side meant to write.
//
//   node compare.mjs FOLDER
//
// FOLDER holds, for every NAME.parquet,
//   NAME.canonical     the values in the form of canonical.mjs, made from the values meant, not read back
//   NAME.schema.txt    one line per top-level column: name TAB type; type texts as in canonical.mjs, of which this script takes
//                      bool int32 int64 float double string bytes, each also with "?", and list<T> of those, also nullable
//   NAME.expect.json   optional, each member optional:
//                        codec       "ZSTD" or {"column": "ZSTD"}         of every column chunk
//                        encodings   ["PLAIN","RLE"] or {"column": [...]} the very set of every column chunk, as listed in the footer
//                        keyValues   {"key": "value"}                     in the file's key-value metadata (more keys may be there)
//                        rowGroups   number of row groups
//                        statistics  true: min, max and null count must be present wherever they can be
//                      a "column" is the top-level name.
//
// Prints "ok NAME READER" or "FAIL NAME READER: what differs first" per file and reader, then "N passed, N failed"; exit code 1 if
// anything failed or nothing was there.
//
// duckdb      column names, SQL types (DESCRIBE), nullability and nesting (parquet_schema), every value; per row group and column
//             the statistics (parquet_metadata) against the values; codec, encodings, key-values; for every scalar column queries
//             WHERE c = its least value, its greatest value, and WHERE c IS NULL, whose counts only come out right if the
//             statistics do not prune what they must not.
// hyparquet   the same names and types from its own footer reader; every value twice: page by page with checksums and level
//             counts verified (canonical.mjs), and through its public API as a user of hyparquet would.
//
// Rules for statistics: min is at most and max at least every value (NaN aside); for numbers and booleans they are the true least
// and greatest value, for strings and bytes too where is_min/max_value_exact says so; never NaN; absent if there is no value other than
// null and NaN; a min of zero is -0.0, a max of zero +0.0; null_count counts the missing values, where in lists null and empty
// lists may count or not.

import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parquetMetadata, parquetRead } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { bytes as bytesForm, duckdb, duckdbColumns, float as floatForm, openFooter, quote, readDuckdb, readHyparquet, string as stringForm, typeText } from './canonical.mjs'

const SQL = { bool: 'BOOLEAN', int32: 'INTEGER', int64: 'BIGINT', float: 'FLOAT', double: 'DOUBLE', string: 'VARCHAR', bytes: 'BLOB' }

export function parseType(text) {
  const optional = text.endsWith('?')
  const t = optional ? text.slice(0, -1) : text
  const list = /^list<(.*)>$/.exec(t)
  if (list) return { text, optional, element: parseType(list[1]) }
  if (!(t in SQL)) throw new Error(`type ${text} is not one that compare.mjs knows`)
  return { text, optional, scalar: t }
}
const sqlType = t => t.element ? sqlType(t.element) + '[]' : SQL[t.scalar]
const leafType = t => t.element ? leafType(t.element) : t.scalar

/** The lines of a file, which may be longer in all than a string can be. */
function* lines(path) {
  const fd = openSync(path, 'r')
  try {
    const block = Buffer.allocUnsafe(1 << 22)
    let parts = []
    for (let n; (n = readSync(fd, block, 0, block.length, null)) > 0;) {
      let from = 0
      for (let at; (at = block.subarray(0, n).indexOf(10, from)) >= 0; from = at + 1) {
        parts.push(Buffer.from(block.subarray(from, at)))
        yield (parts.length === 1 ? parts[0] : Buffer.concat(parts)).toString('utf8')
        parts = []
      }
      if (from < n) parts.push(Buffer.from(block.subarray(from, n)))
    }
    if (parts.length) throw new Error('the canonical text does not end with a line feed')
  } finally { closeSync(fd) }
}

// ---- telling the difference ---------------------------------------------------------------------------------------

function readable(v) {
  if (v === undefined) return 'nothing'
  if (v.length > 200) v = v.slice(0, 200) + '...'
  const m = /^([ds]):([0-9a-f]*)$/.exec(v)
  if (!m) return v
  if (m[1] === 's') return `${v} ${JSON.stringify(Buffer.from(m[2], 'hex').toString('utf8'))}`
  return m[2].length === 16 ? `${v} (${Buffer.from(m[2], 'hex').readDoubleBE()})` : v
}
function difference(expected, found) {
  if (expected?.[0] === '[' && found?.[0] === '[' && !expected.includes('[', 1)) {
    const e = split(expected), f = split(found)
    if (e.length !== f.length) return `list of ${e.length} values expected, of ${f.length} found`
    const i = e.findIndex((v, k) => v !== f[k])
    return `element ${i}: expected ${readable(e[i])}, found ${readable(f[i])}`
  }
  return `expected ${readable(expected)}, found ${readable(found)}`
}
const split = cell => cell === '[]' ? [] : cell.slice(1, -1).split(',')

async function compareRows(rows, columns, canonicalPath, each) {
  const expected = lines(canonicalPath)
  let r = 0
  for await (const row of rows) {
    const line = expected.next()
    if (line.done) throw new Error(`row ${r}: ${r} rows expected, more found`)
    const want = columns.length === 0 && line.value === '' ? [] : line.value.split('\t')
    if (want.length !== columns.length) throw new Error(`row ${r}: the canonical text has ${want.length} cells for ${columns.length} columns`)
    for (let c = 0; c < columns.length; c++) {
      if (row[c] !== want[c]) throw new Error(`row ${r} column ${columns[c].name}: ${difference(want[c], row[c])}`)
    }
    each?.(want, r)
    r++
  }
  if (!expected.next().done) throw new Error(`row ${r}: found no more than ${r} rows, more expected`)
  return r
}

function compareColumns(columns, found) {
  if (found.length !== columns.length) throw new Error(`${columns.length} columns expected, ${found.length} found`)
  columns.forEach((c, i) => {
    if (found[i].name !== c.name) throw new Error(`column ${i}: expected name ${c.name}, found ${found[i].name}`)
    if (found[i].type !== c.type.text) throw new Error(`column ${c.name}: expected type ${c.type.text}, found ${found[i].type}`)
  })
}

// ---- statistics of the values meant -------------------------------------------------------------------------------

const number = cell => cell === 'd:nan' ? NaN : Buffer.from(cell.slice(2), 'hex').readDoubleBE()
const PARSE = {
  bool: c => c === 't' ? 1 : 0, int32: c => Number(c.slice(2)), int64: c => BigInt(c.slice(2)), float: number, double: number,
  string: c => c.slice(2), bytes: c => c.slice(2) // hex sorts as the bytes do
}
class Tally {
  constructor(type) { this.parse = PARSE[type]; this.nulls = 0; this.gaps = 0; this.atMin = 0; this.atMax = 0; this.long = false }
  add(cell) {
    if (cell === '~') { this.nulls++; return }
    if (cell[1] === '#') { this.long = true; return } // shortened by the canonical form: nothing to compare
    const v = this.parse(cell)
    if (v !== v) return
    if (this.min === undefined || v < this.min) { this.min = v; this.atMin = 0 }
    if (v === this.min) this.atMin++
    if (this.max === undefined || v > this.max) { this.max = v; this.atMax = 0 }
    if (v === this.max) this.atMax++
  }
  addTo(type, cell) {
    if (!type.element) this.add(cell)
    else if (cell === '~' || cell === '[]') this.gaps++
    else if (type.element.element) throw new Error('lists of lists are not compared')
    else for (const v of split(cell)) this.add(v)
  }
}
const unescape = t => {
  const out = []
  for (let i = 0; i < t.length; i++) {
    const m = t[i] === '\\' && /^\\x([0-9a-fA-F]{2})/.exec(t.slice(i, i + 4))
    if (m) { out.push(parseInt(m[1], 16)); i += 3 } else out.push(...Buffer.from(t[i]))
  }
  return Buffer.from(out)
}
const STATISTIC = {
  bool: t => t === 'true' ? 1 : t === 'false' ? 0 : NaN, int32: Number, int64: BigInt,
  float: t => Math.fround(floatText(t)), double: floatText, string: t => Buffer.from(t).toString('hex'), bytes: t => unescape(t).toString('hex')
}
function floatText(t) { return /^-?inf/.test(t) ? (t[0] === '-' ? -Infinity : Infinity) : Number(t) }

function checkStatistics(where, kind, m, t, must) {
  const fail = s => { throw new Error(`${where}: ${s}`) }
  const lowText = m.stats_min_value ?? m.stats_min, highText = m.stats_max_value ?? m.stats_max
  if (m.stats_null_count !== null) {
    const n = Number(m.stats_null_count)
    if (n !== t.nulls && n !== t.nulls + t.gaps) fail(`null_count ${n}, but ${t.nulls} nulls (and ${t.gaps} null or empty lists)`)
  } else if (must) fail('no null_count')
  if (t.long) return
  if (t.min === undefined) {
    if (lowText !== null || highText !== null) fail(`min ${lowText} and max ${highText} although there is no value`)
    return
  }
  if (lowText === null || highText === null) { if (must) fail('no min or max'); return }
  const low = STATISTIC[kind](lowText), high = STATISTIC[kind](highText)
  if (low !== low || high !== high) fail(`min ${lowText}, max ${highText} is not a value`)
  if (low > t.min) fail(`min ${lowText} is above the least value ${t.min}`)
  if (high < t.max) fail(`max ${highText} is below the greatest value ${t.max}`)
  const text = kind === 'string' || kind === 'bytes'
  // hex of a longer string is greater than that of its prefix, so bounds compare right
  if ((!text || m.min_is_exact === true) && low !== t.min) fail(`min ${lowText} is not the least value ${t.min}`)
  if ((!text || m.max_is_exact === true) && high !== t.max) fail(`max ${highText} is not the greatest value ${t.max}`)
  if (kind === 'float' || kind === 'double') {
    if (low === 0 && !Object.is(low, -0)) fail('a min of zero has to be -0.0')
    if (high === 0 && !Object.is(high, 0)) fail('a max of zero has to be +0.0')
  }
}

// ---- the readers --------------------------------------------------------------------------------------------------

const objects = async (c, sql) => { const r = await c.runAndReadAll(sql); const n = r.columnNames(); return r.getRows().map(row => Object.fromEntries(row.map((v, i) => [n[i], v]))) }
const identifier = n => '"' + n.replaceAll('"', '""') + '"'

/** The canonical types that DuckDB's view of the schema elements gives. */
function schemaTypes(elements) {
  let at = 0
  const next = () => { const e = elements[at++]; return { e, children: Array.from({ length: Number(e.num_children ?? 0) }, next) } }
  const leaf = e => ({ BOOLEAN: 'bool', INT32: 'int32', INT64: 'int64', FLOAT: 'float', DOUBLE: 'double',
    BYTE_ARRAY: e.converted_type === 'UTF8' || /String/i.test(e.logical_type ?? '') ? 'string' : 'bytes' })[e.type] ?? e.type
  const type = n => {
    const q = n.e.repetition_type === 'OPTIONAL' ? '?' : ''
    if (!n.children.length) return (n.e.repetition_type === 'REPEATED' ? 'repeated ' : '') + leaf(n.e) + q
    const list = n.children.length === 1 && n.children[0].e.repetition_type === 'REPEATED' && n.children[0].children.length === 1
    if ((n.e.converted_type === 'LIST' || /List/i.test(n.e.logical_type ?? '')) && list) return `list<${type(n.children[0].children[0])}>${q}`
    return `group ${n.e.name}${q}`
  }
  return next().children.map(n => ({ name: n.e.name, type: type(n) }))
}

async function checkDuckdb(c, file, columns, canonicalPath, expect) {
  const described = await duckdbColumns(c, file)
  compareColumns(columns.map(x => ({ name: x.name, type: { text: sqlType(x.type) } })), described)
  compareColumns(columns, schemaTypes(await objects(c, `SELECT * FROM parquet_schema(${quote(file)})`)))
  const metadata = await objects(c, `SELECT * FROM parquet_metadata(${quote(file)}) ORDER BY row_group_id, column_id`)
  const groups = []
  for (const m of metadata) (groups[Number(m.row_group_id)] ??= { rows: Number(m.row_group_num_rows), chunks: [] }).chunks.push(m)
  const ends = []
  groups.reduce((sum, g) => { ends.push(sum + g.rows); return sum + g.rows }, 0)
  const kinds = columns.map(x => leafType(x.type))
  const tallies = groups.map(() => kinds.map(k => new Tally(k)))
  const totals = kinds.map(k => new Tally(k))
  let g = 0
  await compareRows(readDuckdb(file, { connection: c }), columns, canonicalPath, (cells, r) => {
    while (g < ends.length && r >= ends[g]) g++
    if (g === ends.length) throw new Error(`row ${r} lies in no row group`)
    cells.forEach((cell, i) => {
      tallies[g][i].addTo(columns[i].type, cell)
      if (!columns[i].type.element) totals[i].add(cell)
    })
  })
  groups.forEach((group, k) => {
    if (group.chunks.length !== columns.length) throw new Error(`row group ${k}: ${group.chunks.length} column chunks for ${columns.length} columns`)
    group.chunks.forEach((m, i) => checkStatistics(`row group ${k} column ${columns[i].name} statistics`, kinds[i], m, tallies[k][i], expect.statistics))
  })
  checkExpectations(groups, columns, expect)
  if (expect.keyValues) {
    const kv = new Map((await objects(c, `SELECT key, value FROM parquet_kv_metadata(${quote(file)})`))
      .map(x => [Buffer.from(x.key.bytes).toString('utf8'), x.value && Buffer.from(x.value.bytes).toString('utf8')]))
    for (const [k, v] of Object.entries(expect.keyValues)) {
      if (kv.get(k) !== v) throw new Error(`key ${k}: expected ${JSON.stringify(v)}, found ${JSON.stringify(kv.get(k))}`)
    }
  }
  for (const [i, column] of columns.entries()) {
    if (column.type.element) continue
    const t = totals[i], kind = kinds[i], name = identifier(column.name)
    const count = async where => Number((await c.runAndReadAll(`SELECT count(*) FROM read_parquet(${quote(file)}) WHERE ${where}`)).getRows()[0][0])
    const demand = async (where, n) => { const found = await count(where); if (found !== n) throw new Error(`WHERE ${where.slice(0, 200)}: expected ${n} rows, found ${found}`) }
    await demand(`${name} IS NULL`, t.nulls)
    if (t.min === undefined || t.long) continue
    await demand(`${name} = ${literal(kind, t.min)}`, t.atMin)
    await demand(`${name} = ${literal(kind, t.max)}`, t.atMax)
    if (kind !== 'float' && kind !== 'double') await demand(`${name} > ${literal(kind, t.max)}`, 0)
    await demand(`${name} < ${literal(kind, t.min)}`, 0)
  }
}
function literal(kind, v) {
  switch (kind) {
    case 'bool': return v ? 'true' : 'false'
    case 'int32': case 'int64': return `'${v}'::${SQL[kind]}`
    case 'float': case 'double': return `'${Object.is(v, -0) ? '-0.0' : v === Infinity ? 'inf' : v === -Infinity ? '-inf' : v}'::${SQL[kind]}`
    case 'string': return `decode(from_hex('${v}'))`
    default: return `from_hex('${v}')`
  }
}

function checkExpectations(groups, columns, expect) {
  if (expect.rowGroups !== undefined && groups.length !== expect.rowGroups) throw new Error(`${expect.rowGroups} row groups expected, ${groups.length} found`)
  const of = (what, name) => what === undefined || typeof what === 'string' || Array.isArray(what) ? what : what[name]
  groups.forEach((group, k) => group.chunks.forEach((m, i) => {
    const where = `row group ${k} column ${columns[i].name}`
    const codec = of(expect.codec, columns[i].name), encodings = of(expect.encodings, columns[i].name)
    if (codec !== undefined && m.compression !== codec.toUpperCase()) throw new Error(`${where}: expected codec ${codec}, found ${m.compression}`)
    const found = m.encodings.split(/[ ,]+/).filter(Boolean).sort().join(' ')
    if (encodings !== undefined && found !== [...encodings].sort().join(' ')) throw new Error(`${where}: expected encodings ${[...encodings].sort().join(' ')}, found ${found}`)
  }))
}

async function checkHyparquet(file, columns, canonicalPath) {
  compareColumns(columns, openFooter(file).columns.map(c => ({ name: c.name, type: typeText(c) })))
  const rows = await compareRows(readHyparquet(file), columns, canonicalPath)
  try { await compareRows(apiRows(file, columns), columns, canonicalPath) } catch (e) { throw new Error('public API: ' + e.message) }
  return rows
}
/** Rows as hyparquet's own API gives them, one row group at a time. */
async function* apiRows(path, columns) {
  const b = readFileSync(path)
  const file = b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength)
  const metadata = parquetMetadata(file)
  const shows = columns.map(c => show(c.type))
  let from = 0
  for (const group of metadata.row_groups) {
    const to = from + Number(group.num_rows)
    let rows = []
    if (to > from) await parquetRead({ file, metadata, compressors, utf8: false, rowFormat: 'array', rowStart: from, rowEnd: to, onComplete: r => { rows = r } })
    if (rows.length !== to - from) throw new Error(`rows ${from} to ${to}: ${rows.length} given`)
    for (const row of rows) yield shows.map((s, i) => s(row[i]))
    from = to
  }
}
function show(type) {
  const inner = type.element ? (s => v => '[' + Array.from(v, s).join(',') + ']')(show(type.element))
    : { bool: v => v ? 't' : 'f', int32: v => 'i:' + v, int64: v => 'i:' + v, float: floatForm, double: floatForm, string: stringForm, bytes: bytesForm }[type.scalar]
  return v => v === null || v === undefined ? '~' : inner(v)
}

// ---- command line -------------------------------------------------------------------------------------------------

export async function compareFolder(folder, print = console.log) {
  const connection = await duckdb()
  let passed = 0, failed = 0
  for (const name of readdirSync(folder).filter(f => f.endsWith('.parquet')).map(f => f.slice(0, -8)).sort()) {
    const at = ending => join(folder, name + ending)
    const file = at('.parquet')
    const setup = () => {
      const columns = readFileSync(at('.schema.txt'), 'utf8').split('\n').filter(Boolean).map(l => {
        const [n, t] = l.split('\t')
        return { name: n, type: parseType(t) }
      })
      return [columns, existsSync(at('.expect.json')) ? JSON.parse(readFileSync(at('.expect.json'), 'utf8')) : {}]
    }
    for (const [reader, check] of [
      ['duckdb', (columns, expect) => checkDuckdb(connection, file, columns, at('.canonical'), expect)],
      ['hyparquet', columns => checkHyparquet(file, columns, at('.canonical'))]
    ]) {
      try {
        await check(...setup())
        print(`ok ${name} ${reader}`)
        passed++
      } catch (e) {
        print(`FAIL ${name} ${reader}: ${String(e.message ?? e).split('\n')[0]}`)
        failed++
      }
    }
  }
  print(`${passed} passed, ${failed} failed`)
  return { passed, failed }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!process.argv[2]) { console.error('usage: node compare.mjs FOLDER'); process.exit(2) }
  const { passed, failed } = await compareFolder(process.argv[2])
  process.exitCode = failed || !passed ? 1 : 0
}
