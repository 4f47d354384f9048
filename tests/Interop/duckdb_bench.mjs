// Writes and reads the benchmark table with DuckDB, as the figure our own library is held against.
//
//   node duckdb_bench.mjs [--rows 1000] [--length 166400] [--repeat 3] [--keep FOLDER]
//   node duckdb_bench.mjs --read FILE [--repeat 3]          only the reading, of any file with id and values (ours, say)
//
// The table: id BIGINT 0..rows-1, values LIST of `length` FLOAT, "noisy dB" like a log-mel picture of 128 bands. For row r and
// place j, band b = j % 128, frame f = floor(j / 128), k = r * length + j:
//   u1 = frac(abs(sin(k * 12.9898 + 1) * 43758.5453)),  u2 = frac(abs(sin(k * 78.233 + 2) * 24634.6345))
//   g  = sqrt(-2 ln(max(u1, 1e-12))) * cos(2 pi u2)                                          standard normal
//   v  = -38 - 22 * b / 127 + 12 * sin(2 pi (f / 325 + 0.137 r)) + 6 * cos(2 pi b / 32) + 5 * g
//   value = float32(min(0, max(-80, v)))
// in double arithmetic. Another program's sin may differ in the last bit; the statistics (and so the compressed size) are the same.
//
// What is measured: MB = 10^6 bytes of float data (rows * length * 4). wall and cpu (user + system of the whole process, so all
// of DuckDB's threads) around the one COPY or SELECT; medians of the repetitions. The table is made in memory beforehand and is
// not timed; files are read from the page cache. Writing runs in one process (rssBeforeMB holds the table, peakMB the most seen so
// far in that process), each kind of reading in a process of its own.
//   sum       SELECT sum(list_sum(values)): decodes every value, stays inside DuckDB
//   chunks    streams the rows into this process and sums each chunk's Float32Array: the values as an application gets them
// Writing comes as zstd1 (DuckDB's defaults, which try a dictionary first), zstd1-nodict (no such attempt: DuckDB at its best with
// PLAIN), zstd1-bss (PARQUET_VERSION V2: BYTE_STREAM_SPLIT) and uncompressed (no attempt either). All give a single row group, which
// is why a second thread gains nothing.
// DuckDB reads row groups as vectors of up to 2048 rows, so a thousand rows of long lists are one vector: that shows in peakMB.

import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { quote } from './canonical.mjs'

const args = process.argv.slice(2)
const option = (name, fallback) => { const i = args.indexOf('--' + name); return i < 0 ? fallback : args[i + 1] }
const rows = Number(option('rows', 1000)), length = Number(option('length', 166400)), repeat = Number(option('repeat', 3))

const SETTINGS = {
  zstd1: 'COMPRESSION zstd, COMPRESSION_LEVEL 1',
  'zstd1-nodict': 'COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 1',
  'zstd1-bss': 'COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 1, PARQUET_VERSION V2',
  uncompressed: 'COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1'
}

const median = a => [...a].sort((x, y) => x - y)[a.length >> 1]
const round = (x, d = 1) => Number(x.toFixed(d))
const rss = () => round(process.resourceUsage().maxRSS / 1024)

async function measure(bytes, f) {
  const wall = [], cpu = []
  for (let i = 0; i < repeat; i++) {
    const c = process.cpuUsage(), t = process.hrtime.bigint()
    await f()
    wall.push(Number(process.hrtime.bigint() - t) / 1e9)
    const d = process.cpuUsage(c)
    cpu.push((d.user + d.system) / 1e6)
  }
  const mb = bytes / 1e6, w = median(wall), c = median(cpu)
  return { wallS: round(w, 3), cpuS: round(c, 3), MBperS: round(mb / w), MBperCpuS: round(mb / c), wallsS: wall.map(x => round(x, 3)), peakMB: rss() }
}

const value = `
  CAST(least(0.0, greatest(-80.0,
    -38.0 - 22.0 * (j % 128) / 127.0 + 12.0 * sin(2 * pi() * ((j // 128) / 325.0::DOUBLE + 0.137::DOUBLE * r)) + 6.0 * cos(2 * pi() * (j % 128) / 32.0::DOUBLE)
    + 5.0 * sqrt(-2 * ln(greatest(1e-12::DOUBLE, frac1(r * LENGTH + j)))) * cos(2 * pi() * frac2(r * LENGTH + j)))) AS FLOAT)`

async function write(folder) {
  const instance = await DuckDBInstance.create(':memory:')
  const c = await instance.connect()
  await c.run('CREATE MACRO frac1(k) AS (abs(sin(k * 12.9898::DOUBLE + 1) * 43758.5453::DOUBLE) % 1)')
  await c.run('CREATE MACRO frac2(k) AS (abs(sin(k * 78.233::DOUBLE + 2) * 24634.6345::DOUBLE) % 1)')
  await c.run('CREATE TABLE t (id BIGINT, "values" FLOAT[])')
  const t = process.hrtime.bigint()
  for (let from = 0; from < rows; from += 20) {
    await c.run(`INSERT INTO t SELECT r, list_transform(range(${length}), lambda j: ${value.replaceAll('LENGTH', String(length))})
                 FROM range(${from}, ${Math.min(rows, from + 20)}) g(r)`)
  }
  const madeS = round(Number(process.hrtime.bigint() - t) / 1e9)
  const stats = (await c.runAndReadAll('SELECT avg(m), stddev_pop(m), min(lo), max(hi) FROM (SELECT list_avg("values") m, list_min("values") lo, list_max("values") hi FROM t)')).getRows()[0]
  const bytes = rows * length * 4
  const before = rss()
  const out = []
  for (const threads of [1, 2]) {
    await c.run(`SET threads = ${threads}`)
    for (const [codec, settings] of Object.entries(SETTINGS)) {
      const file = join(folder, `${codec}.parquet`)
      const m = await measure(bytes, () => c.run(`COPY t TO ${quote(file)} (FORMAT parquet, ${settings})`))
      const meta = (await c.runAndReadAll(`SELECT count(DISTINCT row_group_id), any_value(encodings) FROM parquet_metadata(${quote(file)}) WHERE path_in_schema LIKE 'values%'`)).getRows()[0]
      const size = statSync(file).size
      out.push({ what: 'write', codec, threads, ...m, rssBeforeMB: before, fileMB: round(size / 1e6), ratio: round(size / bytes, 4), rowGroups: Number(meta[0]), encodings: String(meta[1]) })
    }
  }
  return { table: { rows, length, MB: round(bytes / 1e6), madeS, meanOfMeans: round(Number(stats[0]), 3), min: round(Number(stats[2]), 3), max: round(Number(stats[3]), 3) }, out }
}

async function read(file, kind, threads) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
  const c = await instance.connect()
  const from = `read_parquet(${quote(file)})`
  const [n] = (await c.runAndReadAll(`SELECT sum(len("values"))::DOUBLE FROM ${from}`)).getRows()[0]
  let sum
  const m = await measure(n * 4, async () => {
    if (kind === 'sum') sum = (await c.runAndReadAll(`SELECT sum(list_sum("values")) FROM ${from}`)).getRows()[0][0]
    else {
      const result = await c.stream(`SELECT "values" FROM ${from}`)
      sum = 0
      let seen = 0
      for (;;) {
        const chunk = await result.fetchChunk()
        if (!chunk || chunk.rowCount === 0) break
        const list = chunk.getColumnVector(0)
        for (let r = 0; r < chunk.rowCount; r++) {
          const items = list.getItemVector(r).items
          for (let i = 0; i < items.length; i++) sum += items[i]
          seen += items.length
        }
      }
      if (seen !== n) throw new Error(`${seen} values of ${n}`)
    }
  })
  return { what: 'read', kind, threads, ...m, sum }
}

const child = (...a) => new Promise((resolve, reject) => {
  let answer
  const p = fork(fileURLToPath(import.meta.url), [...a, '--rows', rows, '--length', length, '--repeat', repeat].map(String))
  p.on('message', m => { answer = m })
  p.on('exit', code => answer ? resolve(answer) : reject(new Error(`${a[0]} ended with ${code}`)))
})

if (process.send && args[0] === 'write') process.send(await write(args[1]))
else if (process.send && args[0] === 'read') process.send(await read(args[1], args[2], Number(args[3])))
else {
  const report = { machine: { cpu: cpus()[0].model, cores: cpus().length }, repeat }
  const results = []
  const own = option('read')
  const folder = option('keep') ?? mkdtempSync(join(tmpdir(), 'duckdb-bench-'))
  try {
    if (!own) { const w = await child('write', folder); report.table = w.table; results.push(...w.out) }
    for (const codec of own ? [own] : ['zstd1', 'zstd1-bss', 'uncompressed']) {
      for (const threads of [1, 2]) for (const kind of ['sum', 'chunks']) results.push({ codec, ...await child('read', own ?? join(folder, codec + '.parquet'), kind, threads) })
    }
  } finally {
    if (!own && !option('keep')) rmSync(folder, { recursive: true, force: true })
  }
  report.results = results
  console.log(JSON.stringify(report, null, 1))
}
