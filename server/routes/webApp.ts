import path from 'node:path'
import compression from 'compression'
import express, { Router } from 'express'

const YEAR_SECONDS = 365 * 24 * 60 * 60

const NOT_BUILT = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lianmai</title>
<style>body{margin:0;min-height:100vh;display:grid;place-content:center;background:#0f0d13;color:#f6f2ef;font:16px/1.6 system-ui,sans-serif;text-align:center}code{color:#ff7d68}a{color:inherit}</style>
</head><body><h1>The web app is not built yet.</h1><p>Run <code>npm run build:h5</code>, or <code>npm start</code>, which does it for you.</p><p>The API is there: <a href="/docs">/docs</a></p></body></html>
`

/** The built web app. Files under assets/ carry a hash in their names and may be kept for ever; index.html may not. */
export function webAppRoutes(folder: string): Router {
  const router = Router()
  router.use(compression())
  router.use(express.static(folder, {
    setHeaders(response, file) {
      const isHashed = path.relative(folder, file).startsWith(`assets${path.sep}`)
      response.setHeader('Cache-Control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
    },
  }))
  router.get('/', (_request, response) => {
    response.status(503).type('html').send(NOT_BUILT)
  })
  return router
}
