import express, { Router } from 'express'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Pictures: a file's name changes with its content, so it may be kept for ever, and shown by any page. */
export function coverRoutes(prefix: '/covers' | '/pictures', folder: string): Router {
  const router = Router()
  router.use(prefix, express.static(folder, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders(response) {
      response.setHeader('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`)
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      response.setHeader('Access-Control-Allow-Origin', '*')
      // Nothing in a picture may run, whatever was hidden in it.
      response.setHeader('Content-Security-Policy', 'default-src \'none\'')
    },
  }))
  return router
}
