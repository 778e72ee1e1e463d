// Loaded before uni's command: what our own project has installed and an empty one has not cannot be found.
const Module = require('node:module')

const OURS = /^(?:typescript|sass|pinia|valibot|mpegts\.js|qr|tim-wx-sdk)(?:\/|$)/
const original = Module._resolveFilename

Module._resolveFilename = function (request, ...rest) {
  if (OURS.test(request))
    throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' })
  return original.call(this, request, ...rest)
}
