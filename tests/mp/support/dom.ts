/**
 * A document for glass-easel to draw into. Only what it asks for is global: the server runs in the same process and must
 * keep Node's own fetch, URL, crypto and streams.
 */
import { Window } from 'happy-dom'

const window = new Window({ width: 375, height: 812 })
Object.assign(globalThis, { window, document: window.document, MutationObserver: window.MutationObserver })
