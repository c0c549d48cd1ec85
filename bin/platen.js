#!/usr/bin/env node
// Checks the Node version in syntax that old Nodes read, and starts dist/cli.js with a Node that can run it.
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

var needed = 24
var entry = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
var pinned = 'node_modules/node/bin/node'
var signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

// The Node that npm installed beside Platen or above it: where it puts packages depends on who asked for them.
function findPinned() {
  var folder = fileURLToPath(new URL('..', import.meta.url))
  var candidate = join(folder, pinned)
  while (!existsSync(candidate) && folder !== dirname(folder)) {
    folder = dirname(folder)
    candidate = join(folder, pinned)
  }
  return candidate
}

// With too few files to open, modules fail to load one way or the other, and none of them says why.
function mayOpen(files) {
  var opened = []
  try {
    while (opened.length < files) opened.push(openSync(fileURLToPath(import.meta.url), 'r'))
    return true
  } catch (error) {
    return error.code !== 'EMFILE'
  } finally {
    opened.forEach(descriptor => {
      closeSync(descriptor)
    })
  }
}

function start() {
  if (!mayOpen(20)) {
    console.error('platen: too many files are open (EMFILE)')
    console.error('  hint: raise ulimit -n (256 will do for a few workers), and start the same command again to go on')
    process.exit(130)
  }
  if (!existsSync(entry)) {
    console.error('platen: not built yet\n  hint: run `npm run build` in the folder of Platen')
    process.exit(2)
  }
  if (Number(process.versions.node.split('.')[0]) >= needed) {
    // Until it is loaded nothing is begun; from then on dist/cli.js listens, too, and ends in its own way.
    signals.forEach(signal => {
      process.on(signal, () => {
        if (process.listenerCount(signal) === 1) process.exit(130)
      })
    })
    // What is built tells the places of what was written.
    if (process.env.PLATEN_DEBUG === '1') process.setSourceMapsEnabled(true)
    return import(entry)
  }
  var found = findPinned()
  if (!existsSync(found)) {
    console.error('platen: needs Node ' + needed + ' or later (found ' + process.versions.node + ')')
    console.error(
      '  hint: install Node ' +
        needed +
        ' from https://nodejs.org, or run `npm i -D node@' +
        needed +
        '` where Platen is installed (not with --ignore-scripts: its binary comes by one)',
    )
    process.exit(2)
  }
  var child = spawn(found, [entry].concat(process.argv.slice(2)), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: Object.assign({}, process.env, { PLATEN_WRAPPED: '1' }),
  })
  signals.forEach(signal => {
    process.on(signal, () => {
      child.kill(signal)
    })
  })
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal)
    process.exit(code === null ? 1 : code)
  })
}

start()
