// Shows that compare.mjs passes what is right and fails what is wrong: files written by DuckDB, canonical texts from the values meant.
//   node selftest.mjs
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareFolder } from './compare.mjs'
import { date, decimal, duckdb, float, quote, string } from './canonical.mjs'

let bad = 0
const is = (what, found, wanted) => { if (found !== wanted) { bad++; console.log(`FAIL ${what}: ${found} instead of ${wanted}`) } }

is('1.5', float(1.5), 'd:3ff8000000000000')
is('-0', float(-0), 'd:8000000000000000')
is('nan', float(NaN), 'd:nan')
is('é', string('hé'), 's:68c3a9')
is('decimal', [decimal(1230n, 2), decimal(-5n, 2), decimal(7n, 0), decimal(0n, 2)].join(), 'n:12.30,n:-0.05,n:7,n:0.00')
is('date', [date(0), date(14304), date(-1), date(-719529), date(2932896)].join(), 'D:1970-01-01,D:2009-03-01,D:1969-12-31,D:-0001-12-31,D:9999-12-31')

const folder = mkdtempSync(join(tmpdir(), 'compare-'))
try {
  const c = await duckdb()
  const N = 5000
  await c.run(`COPY (SELECT i::INT a, (i * 1000000007)::BIGINT g, CASE WHEN i % 7 = 3 THEN NULL ELSE (i / 8.0 - 300)::FLOAT END f,
      CASE WHEN i % 11 = 5 THEN 'nan'::DOUBLE ELSE i / 3::DOUBLE END d, i % 2 = 0 t, 'ü' || i s, from_hex(printf('%06x', i)) b,
      CASE WHEN i % 5 = 0 THEN NULL WHEN i % 5 = 1 THEN [] WHEN i % 5 = 2 THEN [NULL, i::FLOAT] ELSE [i::FLOAT, 0.5::FLOAT] END l, NULL::INT n
    FROM range(${N}) r(i)) TO ${quote(join(folder, 'mixed.parquet'))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048, KV_METADATA {who: 'selftest'})`)
  const f = Math.fround
  const row = i => [`i:${i}`, `i:${BigInt(i) * 1000000007n}`, i % 7 === 3 ? '~' : float(f(i / 8 - 300)), i % 11 === 5 ? 'd:nan' : float(i / 3), i % 2 ? 'f' : 't',
    string('ü' + i), 'b:' + i.toString(16).padStart(6, '0'),
    ['~', '[]', `[~,${float(i)}]`, `[${float(i)},${float(0.5)}]`, `[${float(i)},${float(0.5)}]`][i % 5], '~']
  const text = Array.from({ length: N }, (_, i) => row(i).join('\t') + '\n').join('')
  const schema = 'a\tint32?\ng\tint64?\nf\tfloat?\nd\tdouble?\nt\tbool?\ns\tstring?\nb\tbytes?\nl\tlist<float?>?\nn\tint32?\n'
  const parquet = readFileSync(join(folder, 'mixed.parquet'))
  writeFileSync(join(folder, 'mixed.canonical'), text)
  writeFileSync(join(folder, 'mixed.schema.txt'), schema)
  writeFileSync(join(folder, 'mixed.expect.json'), JSON.stringify({ codec: 'ZSTD', keyValues: { who: 'selftest' }, rowGroups: 3 }))
  const variant = (name, { t = text, s = schema, e, p = parquet }) => {
    writeFileSync(join(folder, name + '.parquet'), p)
    writeFileSync(join(folder, name + '.canonical'), t)
    writeFileSync(join(folder, name + '.schema.txt'), s)
    if (e) writeFileSync(join(folder, name + '.expect.json'), JSON.stringify(e))
  }
  variant('wrong-value', { t: text.replace('i:4000\t', 'i:4001\t') })
  variant('wrong-element', { t: text.replace(`[${float(3)},`, `[${float(4)},`) })
  variant('wrong-null', { t: text.replace('\t[]\t', '\t~\t') })
  variant('short', { t: text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1) })
  variant('long', { t: text + row(0).join('\t') + '\n' })
  variant('wrong-type', { s: schema.replace('float?>', 'double?>') })
  variant('wrong-nullable', { s: schema.replace('int64?', 'int64') })
  variant('wrong-name', { s: schema.replace('g\t', 'h\t') })
  variant('wrong-codec', { e: { codec: 'SNAPPY' } })
  variant('wrong-key', { e: { keyValues: { who: 'x' } } })
  // A statistic that lies: the least value of column a in the second row group (2048, in the footer) made 2049
  const lie = Buffer.from(parquet), footer = lie.length - 8 - lie.readUInt32LE(lie.length - 8)
  let hits = 0
  for (let i = lie.indexOf(Buffer.from([0x00, 0x08, 0, 0]), footer); i >= 0; i = lie.indexOf(Buffer.from([0x00, 0x08, 0, 0]), i + 1)) { lie[i] = 1; hits++ }
  is('statistics changed', hits > 0, true)
  variant('wrong-statistics', { p: lie })
  const broken = Buffer.from(parquet)
  broken.fill(0xff, 300, 340)
  variant('wrong-bytes', { p: broken })

  const printed = []
  await compareFolder(folder, l => printed.push(l))
  const both = n => ['duckdb', 'hyparquet'].map(r => printed.find(l => l.split(' ').slice(1, 3).join(' ').replace(/:$/, '') === `${n} ${r}`)?.split(' ')[0]).join()
  is('mixed', both('mixed'), 'ok,ok')
  for (const n of ['wrong-value', 'wrong-element', 'wrong-null', 'short', 'long', 'wrong-type', 'wrong-nullable', 'wrong-name', 'wrong-bytes']) is(n, both(n), 'FAIL,FAIL')
  for (const n of ['wrong-codec', 'wrong-key', 'wrong-statistics']) is(n, both(n), 'FAIL,ok')
  console.log(printed.join('\n'))
} finally { rmSync(folder, { recursive: true, force: true }) }
console.log(bad ? `${bad} wrong` : 'as it should be')
process.exitCode = bad ? 1 : 0
