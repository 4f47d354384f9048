// Has DuckDB write files for our reader, every type that it has and every nesting, and beside each its canonical text.
//
//   node foreign.mjs FOLDER          then: Interop --read FOLDER

import { mkdirSync, openSync, writeSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { duckdb, quote, read } from './canonical.mjs'

const folder = process.argv[2]
if (!folder) { console.error('usage: node foreign.mjs FOLDER'); process.exit(2) }
mkdirSync(folder, { recursive: true })

const rows = 3000
// A number from 0 to n - 1 that looks random and is not: i is the row, k tells the uses apart.
const pick = (k, n) => `(hash(i * 31 + ${k}) % ${n})::INTEGER`
const maybe = (k, value) => `CASE WHEN ${pick(k + 1000, 5)} = 0 THEN NULL ELSE ${value} END`
const list = (k, n, element) => `list_transform(range(${pick(k, n)}), lambda x: ${element})`

const tables = {
  scalars: `SELECT
    ${maybe(1, `(i % 256 - 128)::TINYINT`)} AS i8, (i * 7 % 65536 - 32768)::SMALLINT AS i16, ${maybe(2, `(hash(i) >> 33)::INTEGER`)} AS i32, (hash(i) >> 1)::BIGINT AS i64,
    (i % 256)::UTINYINT AS u8, ${maybe(3, `(i * 11 % 65536)::USMALLINT`)} AS u16, (hash(i) >> 32)::UINTEGER AS u32, hash(i)::UBIGINT AS u64,
    ${maybe(4, `i % 3 = 0`)} AS flag, ${maybe(5, `(i / 7.0)::FLOAT`)} AS f32, CASE i % 50 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN '-inf'::DOUBLE WHEN 2 THEN -0.0 ELSE i / 3.0 END AS f64,
    ${maybe(6, `(i % 200 - 100) / 100.0`)}::DECIMAL(4,2) AS d4, (i * 12345.6789)::DECIMAL(18,4) AS d18, ${maybe(7, `(i * 1e20)::DECIMAL(38,10)`)} AS d38,
    ${maybe(8, `'text ' || i || ' ä日🎵'`)} AS text, ('genre ' || ${pick(9, 10)}) AS genre, ${maybe(10, `('\\x' || lpad(hex(i % 256), 2, '0'))::BLOB`)} AS bytes,
    ${maybe(11, `DATE '1969-01-01' + i::INTEGER`)} AS day, ${maybe(12, `TIME '00:00:01' + to_microseconds(i * 7919)`)} AS clock,
    (TIMESTAMP '1960-01-01 12:34:56.789' + to_hours(i))::TIMESTAMP AS micros, ${maybe(13, `(TIMESTAMP '2001-02-03 04:05:06' + to_seconds(i))::TIMESTAMP_MS`)} AS millis,
    (TIMESTAMP '1999-12-31 23:59:59.123456' + to_minutes(i))::TIMESTAMP_NS AS nanos, md5(i::VARCHAR)::UUID AS id
    FROM range(${rows}) t(i)`,
  lists: `SELECT i::INTEGER AS row,
    ${maybe(1, list(1, 5, `CASE WHEN (x + i) % 4 = 0 THEN NULL ELSE x / 2.0 END`))} AS doubles,
    ${maybe(2, list(2, 4, `list_transform(range((x + i) % 3), lambda y: CASE WHEN (y + i) % 5 = 0 THEN NULL ELSE 'word ' || (y * x) END)`))} AS words,
    ${list(3, 3, `list_transform(range((x + i) % 3), lambda y: list_transform(range((y + x) % 3), lambda z: x * 100 + y * 10 + z))`)} AS cubes
    FROM range(${rows}) t(i)`,
  structs: `SELECT i::INTEGER AS row,
    ${maybe(1, `{a: ${maybe(2, 'i::INTEGER')}, b: {c: ${maybe(3, `'c' || i`)}, d: ${maybe(4, list(4, 4, 'x::BIGINT'))}}}`)} AS nested,
    ${maybe(5, list(5, 4, `CASE WHEN (x + i) % 6 = 0 THEN NULL ELSE {name: 'n' || x, tags: list_transform(range((x + i) % 3), lambda y: 'tag ' || y)} END`))} AS people
    FROM range(${rows}) t(i)`,
  maps: `SELECT i::INTEGER AS row,
    ${maybe(1, `map_from_entries(${list(1, 4, `{k: 'key ' || x, v: CASE WHEN (x + i) % 3 = 0 THEN NULL ELSE x * 1.5 END}`)})`)} AS plain,
    map_from_entries(${list(2, 3, `{k: x::INTEGER, v: list_transform(range((x + i) % 3), lambda y: {p: y, q: 'q' || y})}`)}) AS deep
    FROM range(${rows}) t(i)`,
}

const stores = ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'].flatMap(codec => ['V1', 'V2'].map(version => ({ codec, version })))
const connection = await duckdb()
let files = 0
for (const [name, select] of Object.entries(tables)) {
  for (const { codec, version } of stores) {
    const path = join(folder, `${name}-${codec}-${version}`)
    // Row groups smaller than the table, so that there are several.
    await connection.run(`COPY (${select}) TO ${quote(path + '.parquet')} (FORMAT parquet, COMPRESSION ${codec}, PARQUET_VERSION ${version}, ROW_GROUP_SIZE 2048)`)
    const out = openSync(path + '.canonical', 'w')
    for await (const line of read('duckdb', path + '.parquet')) writeSync(out, (Array.isArray(line) ? line.join('\t') : line) + '\n')
    closeSync(out)
    files++
  }
}
console.log(`${files} files in ${folder}`)
