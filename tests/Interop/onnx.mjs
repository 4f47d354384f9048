// Runs ONNX models with ONNX Runtime, and holds what they give against what was meant.
//
//   node onnx.mjs FOLDER     checks every NAME.onnx that Interop --onnx has written, against the numbers in NAME.json
//
// NAME.json: {"inputs": {name: {"Sizes": [batch, ...], "Values": [...]}}, "outputs": likewise}. A model is run with the whole batch, and
// with its first sample alone. Numbers agree that differ by 1e-4, or by that share of the greatest in the output.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'

const TOLERANCE = 1e-4

const count = sizes => sizes.reduce((a, b) => a * b, 1)

function first(parts, samples) {
  return Object.fromEntries(Object.entries(parts).map(([name, { Sizes: [, ...sizes], Values: values }]) =>
    [name, { sizes: [samples, ...sizes], values: values.slice(0, samples * count(sizes)) }]))
}

/** The greatest difference between what a model gives and what it must give. */
async function difference(session, { inputs, outputs }, samples) {
  const given = first(inputs, samples), meant = first(outputs, samples)
  const feeds = Object.fromEntries(Object.entries(given).map(([name, { sizes, values }]) => [name, new Tensor('float32', Float32Array.from(values), sizes)]))
  const results = await session.run(feeds)
  let most = 0
  for (const [name, { sizes, values }] of Object.entries(meant)) {
    const { dims, data } = results[name]
    if (String(dims) !== String(sizes)) throw new Error(`${name} is ${dims.join(' x ')}, not ${sizes.join(' x ')}`)
    const scale = Math.max(1, ...values.map(Math.abs))
    // A NaN on either side is a difference.
    data.forEach((value, i) => { const off = Math.abs(value - values[i]) / scale; if (!(off <= most)) most = Number.isNaN(off) ? Infinity : off })
  }
  return most
}

async function main([folder]) {
  if (!folder) throw new Error('usage: node onnx.mjs FOLDER')
  const models = readdirSync(folder).filter(file => file.endsWith('.onnx')).sort()
  if (!models.length) throw new Error(`${folder}: there are no models: run Interop --onnx first`)
  let wrong = 0
  for (const file of models) {
    const meant = JSON.parse(readFileSync(join(folder, file.replace(/onnx$/, 'json'))))
    const batch = Object.values(meant.inputs)[0].Sizes[0]
    let says, right = false
    try {
      // Warnings would be lost among the lines.
      const session = await InferenceSession.create(join(folder, file), { logSeverityLevel: 3, intraOpNumThreads: 1 })
      const off = Math.max(await difference(session, meant, batch), await difference(session, meant, 1))
      right = off <= TOLERANCE
      says = `differs by ${off.toExponential(1)}`
    } catch (e) {
      says = String(e.message ?? e).split('\n')[0]
    }
    if (!right) wrong++
    if (!right) console.log(`WRONG ${file}: ${says}`)
  }
  console.log(`${models.length - wrong} passed, ${wrong} failed: models beside ONNX Runtime`)
  if (wrong) process.exitCode = 1
}

main(process.argv.slice(2)).catch(e => { console.error(String(e.message ?? e)); process.exitCode = 1 })
