// Makes (or with --check verifies) the golden table of the Parquet conformance corpus.
//
//   node corpus.mjs CORPUS [--out ../golden/parquet-corpus.json] [--check]
//
// CORPUS holds data/ and bad_data/ of apache/parquet-testing (any selection of its files). The result names each file with
// what an implementation must read from it, in the form of canonical.mjs:
//
//   path, bytes, fileSha256     the file itself, so that a test notices another version of the corpus
//   expect                      "read" or "refused"
//   withChecksums               the same with page checksums verified, where that differs
//   mayRefuse                   why a named refusal is acceptable too (absent: it must be read)
//   rows, columns, sha256, head the canonical text: sha256 over all lines, per column over its cells each ended by LF,
//                               and the first three lines
//   pages                       what the pages use: page kinds, encodings, CRC if checksums are stored; codecs
//   readers                     who gave exactly this text; cannot: who could not and why; disagrees: who gave another text
//   note                        what the file is about and how a disagreement was settled
//
// Every "read" file must be given by at least one reader, and readers that both read it must agree, unless DISAGREE says who
// is right and why; every "refused" file must be refused by the strict reader. Otherwise this script fails.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { duckdb, duckdbColumns, openFooter, readDuckdb, readHyparquet, typeText } from './canonical.mjs'

const here = dirname(fileURLToPath(import.meta.url))

const LZ4 = 'the codec LZ4 (5) is deprecated by the format in favour of LZ4_RAW; its framing is not specified'
const NOTES = {
  'data/alltypes_dictionary.parquet': { note: 'Impala; PLAIN_DICTIONARY, unannotated BYTE_ARRAY strings, INT96 timestamps.' },
  'data/alltypes_plain.parquet': { note: 'Impala; PLAIN_DICTIONARY, unannotated BYTE_ARRAY strings, INT96 timestamps.' },
  'data/alltypes_tiny_pages_plain.parquet': { note: 'Many small PLAIN pages with a page index; INT_8 and INT_16 annotations, INT96.' },
  'data/binary_truncated_min_max.parquet': { note: 'Statistics cut to 2 bytes with is_min/max_value_exact: min "Al" is a bound, not a value; the maxima of the partial columns are exact because they cannot be cut. A reader that prunes must not treat the bounds as values.' },
  'data/byte_array_decimal.parquet': { note: 'DECIMAL(4,2) as BYTE_ARRAY of varying length, big-endian two\'s complement. The column lists no encodings.' },
  'data/byte_stream_split_extended.gzip.parquet': { note: 'Seven pairs of columns *_plain and *_byte_stream_split (float16, float, double, int32, int64, FLBA(5), decimal as FLBA(4)); the corpus says that the pairs are equal, and they are. DuckDB does BYTE_STREAM_SPLIT for float and double only.' },
  'data/column_chunk_key_value_metadata.parquet': { note: 'No rows; one row group of 0 rows. The first column chunk has key_value_metadata {"foo": "bar", "thisiskeywithoutvalue": no value}: a key without a value must not fail.' },
  'data/concatenated_gzip_members.parquet': { note: 'One V2 page whose GZIP data is two concatenated members; a reader that stops after the first loses values. 513 unsigned 64-bit numbers 1..513.' },
  'data/data_index_bloom_encoding_stats.parquet': { note: 'Bloom filter, page indexes and encoding statistics present: to be skipped or used, never to disturb.' },
  'data/datapage_v1-corrupt-checksum.parquet': { withChecksums: 'refused', note: 'Stored CRCs: a.page0 wrong, a.page1 right, b.page0 right, b.page1 wrong. With verification the file (either column) must be refused; without, the data reads as 2 columns of 5120 int32.' },
  'data/datapage_v2_empty_datapage.snappy.parquet': { note: 'V2 page of one null with is_compressed set and no value bytes at all: the empty remainder is not a Snappy stream and must not be handed to the codec.' },
  'data/delta_byte_array.parquet': { note: 'DELTA_BYTE_ARRAY strings with nulls, V2-style encoding from parquet-mr 1.10.' },
  'data/dict-page-offset-zero.parquet': { note: 'dictionary_page_offset is written as 0, meaning none (old parquet-mr); the only page is a PLAIN data page at offset 4. Seeking to 0 for a dictionary is the bug. 39 times 1552.' },
  'data/float16_zeros_and_nans.parquet': { note: 'null, +0, NaN as float16. Statistics min -0, max +0 although only +0 is stored: zeros are normalised so, and NaN is left out.' },
  'data/floating_orders_nan_count.parquet': { note: 'Five row groups (no NaN, some, all, zero as min, zero as max) with the IEEE754 total order and nan_count in statistics and footer (column_orders holds a union member old readers do not know: it must be skipped). All NaN print d:nan, -0.0 and +0.0 differ.' },
  'data/hadoop_lz4_compressed_larger.parquet': { mayRefuse: LZ4, note: 'LZ4 in Hadoop\'s framing: big-endian uncompressed and compressed size before each block, several blocks in one page. 10,000 UUID texts.' },
  'data/int96_from_spark.parquet': { note: 'Timestamps beyond 64-bit nanoseconds. Row 5 is 290000-12-31T01:00+02:00 by the corpus: Spark\'s own arithmetic overflowed when writing, so the stored Julian day is -105862232 and the nanoseconds are negative; only wrapping 64-bit microseconds (what Spark and arrow-rs do) give the date back.', disagree: { duckdb: 'its arithmetic for row 5 gives -7207070780300583936 microseconds; rows 0 to 4 agree. The text kept is the date that the corpus\' int96_from_spark.md names' } },
  'data/large_string_map.brotli.parquet': { mayRefuse: 'one value of 1 GiB in each row and more than 2 GiB in the column chunk: beyond what a byte[] or a string should hold, a named limit is in order; the codec BROTLI', duckdb: 'needs more than 8 GB of memory', note: 'Two rows, map with one key of 2^30 times "a" (sha256 checked against that text). The chunk\'s values come to more than 2 GiB uncompressed; each page stays below.' },
  'data/lz4_raw_compressed.parquet': { note: 'LZ4_RAW: the bare block format.' },
  'data/map_no_value.parquet': { note: 'my_map: values all null. my_map_no_v: the key_value group has no value field; the format says that it may be taken as a map of nulls or as a set of keys: the canonical form prints <k=~,...>. my_list repeats the keys. V1 pages with an empty dictionary page (0 values, 0 bytes) for the all-null column.' },
  'data/nation.dict-malformed.parquet': { mayRefuse: 'total_compressed_size of the two dictionary-coded columns leaves out the 15 bytes of the dictionary page\'s header, so a reader that holds to it finds the data page cut off (parquet-java fails so, apache/parquet-java#3336)', note: 'Reads well if pages are followed by their headers and num_values instead of total_compressed_size. The column chunks list no encodings and no dictionary_page_offset although dictionary pages exist (the dictionary starts at data_page_offset).' },
  'data/nested_lists.snappy.parquet': { note: 'list<list<list<string>>> with nulls and empties at inner levels.' },
  'data/nested_maps.snappy.parquet': { note: 'map<string, map<int32, bool>> with a null and an empty inner map.' },
  'data/non_hadoop_lz4_compressed.parquet': { mayRefuse: LZ4, note: 'Codec LZ4 but the pages are bare blocks without Hadoop\'s framing (old parquet-cpp): a reader has to try one and fall back to the other. Same values as lz4_raw_compressed.parquet.' },
  'data/nullable.impala.parquet': { note: 'Structs, lists and maps nested five deep with every kind of null and empty; MAP_KEY_VALUE on the inner group named "map".' },
  'data/nulls.snappy.parquet': { note: 'Optional struct that is present in all 8 rows with its only field null: {b_c_int=~}, not ~ (definition level 1 of 2). An API that cannot tell the two apart shows here.' },
  'data/overflow_i16_page_cnt.parquet': { note: '40,000 pages of one value each: page ordinals pass 16 bits.' },
  'data/plain-dict-uncompressed-checksum.parquet': { note: 'V1 dictionary pages with right CRCs.' },
  'data/repeated_no_annotation.parquet': { note: 'The repeated group "phone" has no LIST annotation: a required list of required structs. FileMetaData.num_rows is 0 although the row group holds 6: the row groups count.' },
  'data/repeated_primitive_no_list.parquet': { note: 'Repeated leaves without LIST, at the top and in a struct: required lists of required values, empty never null.' },
  'data/rle-dict-snappy-checksum.parquet': { note: 'V2 data pages, dictionary pages with right CRCs.' },
  'data/rle-dict-uncompressed-corrupt-checksum.parquet': { withChecksums: 'refused', note: 'The dictionary pages of both columns carry wrong CRCs; the V2 data pages carry none (the corpus\' README says "correct"). With verification refused, without it reads. The dictionary indices have bit width 0 here, too.' },
  'data/rle_boolean_encoding.parquet': { note: 'Booleans RLE-encoded in a V2 page (4-byte length before the runs), GZIP, nulls.' },
  'data/single_nan.parquet': { note: 'Despite its name one null, no NaN; the dictionary page is empty (0 values, one Snappy byte).' },
  'data/sort_columns.parquet': { note: 'Two row groups with sorting_columns (descending nulls first; ascending nulls last).' },
  'bad_data/ARROW-GH-43605.parquet': { note: 'A dictionary of one value and indices of bit width 0, which crashed a Go reader. The format allows it (no bit is needed to choose among one); parquet-java, DuckDB and hyparquet read it, and writers of constant columns do this, as in data/rle-dict-*-checksum. So it is read although it lies in bad_data; Arrow is reported to refuse it. 21,186 times 0.' },
  'bad_data/ARROW-GH-45185.parquet': { expect: 'refused', note: 'The first repetition level of the column is 1: a value that belongs to no row. DuckDB reads it and silently drops the first value (0), giving [1,2] as the first row.' },
  'bad_data/ARROW-GH-47662.parquet': { expect: 'refused', note: 'A required FLBA(4) column whose pages hold fewer values than they announce (105 nulls were counted in the statistics): values run past the end of the page.' },
  'bad_data/ARROW-RS-GH-6229-LEVELS.parquet': { expect: 'refused', note: 'The data page announces 21 values, the column chunk and the row group 1, and the repetition levels hold a single one. DuckDB reads one row and ignores the rest.' },
  'bad_data/PARQUET-1481.parquet': { expect: 'refused', note: 'A schema element has the physical type -7.' }
}
// Pairs of columns that the corpus promises to be equal, and files that hold the same values
const EQUAL_COLUMNS = { 'data/byte_stream_split_extended.gzip.parquet': n => n.endsWith('_byte_stream_split') && n.replace('_byte_stream_split', '_plain') }
const EQUAL_FILES = [['data/non_hadoop_lz4_compressed.parquet', 'data/lz4_raw_compressed.parquet']]

async function digest(rows, width) {
  const whole = createHash('sha256'), columns = Array.from({ length: width }, () => createHash('sha256')), head = []
  let n = 0
  for await (const row of rows) {
    if (row.length !== width) throw new Error(`${row.length} cells for ${width} columns`)
    const line = row.join('\t')
    whole.update(line + '\n', 'utf8')
    row.forEach((c, i) => columns[i].update(c + '\n', 'utf8'))
    if (n++ < 3) head.push(line)
  }
  return { rows: n, sha256: whole.digest('hex'), columns: columns.map(c => c.digest('hex')), head }
}
const attempt = async f => { try { return { value: await f() } } catch (e) { return { error: String(e.message ?? e).split('\n')[0].replace(/Failed to read file "[^"]*": /, '') } } }

async function describe(root, path, connection) {
  const full = join(root, path)
  const { expect = 'read', withChecksums, mayRefuse, disagree, duckdb: duckCannot, note } = NOTES[path] ?? {}
  const entry = {
    path, bytes: statSync(full).size, fileSha256: createHash('sha256').update(readFileSync(full)).digest('hex'), expect,
    ...withChecksums && { withChecksums }, ...mayRefuse && { mayRefuse }
  }
  const seen = new Set()
  const footer = await attempt(() => openFooter(full))
  const hy = footer.error ? footer : await attempt(() => digest(readHyparquet(full, { seen, crc: withChecksums !== 'refused' }), footer.value.columns.length))
  const names = duckCannot ? { error: duckCannot } : await attempt(() => duckdbColumns(connection, full))
  const duck = names.error ? names : await attempt(() => digest(readDuckdb(full, { connection }), names.value.length))
  if (expect === 'refused') {
    if (!hy.error) throw new Error(`${path}: the strict reader was expected to refuse it`)
    Object.assign(entry, { refusedBy: { hyparquet: hy.error, ...duck.error && { duckdb: duck.error } }, ...duck.value && { acceptedBy: ['duckdb'] }, note })
    return entry
  }
  if (withChecksums) {
    const strict = await attempt(() => digest(readHyparquet(full), footer.value.columns.length))
    if (!strict.error) throw new Error(`${path}: a wrong checksum was expected`)
    entry.refusedBy = { hyparquet: strict.error }
  }
  const same = !hy.error && !duck.error && hy.value.sha256 === duck.value.sha256
  if (hy.error && duck.error) throw new Error(`${path}: nobody reads it: ${hy.error}; ${duck.error}`)
  if (!hy.error && !duck.error && !same && !disagree) throw new Error(`${path}: the readers disagree and no note says who is right`)
  const wrong = Object.keys(disagree ?? {})
  const good = hy.error || wrong.includes('hyparquet') ? duck.value : hy.value
  const { metadata, columns } = footer.value
  entry.rows = good.rows
  entry.columns = columns.map((c, i) => ({ name: c.name, type: typeText(c), ...names.value && { duckdbType: names.value[i].type }, sha256: good.columns[i] }))
  entry.sha256 = good.sha256
  entry.head = good.head
  entry.codecs = [...new Set(metadata.row_groups.flatMap(g => g.columns.map(c => c.meta_data.codec)))].sort()
  entry.pages = [...seen].sort()
  entry.readers = [...!duck.error && !wrong.includes('duckdb') ? ['duckdb'] : [], ...!hy.error && !wrong.includes('hyparquet') ? ['hyparquet'] : []]
  const cannot = { ...duck.error && { duckdb: duck.error }, ...hy.error && { hyparquet: hy.error } }
  if (Object.keys(cannot).length) entry.cannot = cannot
  if (disagree) entry.disagrees = disagree
  if (names.value && names.value.some((c, i) => c.name !== columns[i].name)) throw new Error(`${path}: the readers name the columns differently`)
  for (const c of entry.columns) {
    const other = EQUAL_COLUMNS[path]?.(c.name)
    if (other && entry.columns.find(o => o.name === other).sha256 !== c.sha256) throw new Error(`${path}: ${c.name} and ${other} differ`)
  }
  if (note) entry.note = note
  return entry
}

const args = process.argv.slice(2)
const check = args.includes('--check')
const out = args.includes('--out') ? args[args.indexOf('--out') + 1] : join(here, '../golden/parquet-corpus.json')
const root = args.find((a, i) => !a.startsWith('--') && args[i - 1] !== '--out')
if (!root) { console.error('usage: node corpus.mjs CORPUS [--out FILE] [--check]'); process.exit(2) }

const versions = JSON.parse(readFileSync(join(here, 'package.json'))).dependencies
const connection = await duckdb()
const files = []
for (const folder of ['data', 'bad_data']) {
  for (const name of readdirSync(join(root, folder)).filter(n => n.endsWith('.parquet')).sort()) {
    const entry = await describe(root, `${folder}/${name}`, connection)
    files.push(entry)
    console.error(`${entry.expect} ${entry.path} ${entry.rows ?? ''} ${entry.readers ?? ''}`)
  }
}
for (const [a, b] of EQUAL_FILES) {
  const [x, y] = [a, b].map(p => files.find(f => f.path === p))
  if (x && y && x.sha256 !== y.sha256) throw new Error(`${a} and ${b} should hold the same values`)
}
const text = JSON.stringify({
  corpus: 'apache/parquet-testing',
  form: 'tests/Interop/canonical.mjs',
  made: 'node tests/Interop/corpus.mjs CORPUS',
  readers: versions,
  files
}, null, 1) + '\n'
if (check) {
  const same = existsSync(out) && readFileSync(out, 'utf8') === text
  console.log(same ? `${files.length} files as in the table` : 'the table differs from what the readers give')
  process.exitCode = same ? 0 : 1
} else {
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(out, text)
  console.log(`${files.length} files written`)
}
