/** wx.createSelectorQuery, as far as the app asks: the node of a scroll-view is its context. */
import type { Component } from 'glass-easel'

/** A page or component as its own code sees it, with glass-easel's below. */
interface Owner { readonly _$: Component<any, any, any> }

interface Query {
  readonly in: (owner: Owner) => Query
  readonly select: (selector: string) => { readonly node: (answer: (result: { node: object } | null) => void) => Query }
  readonly exec: () => void
}

/** `page`: where it looks unless told otherwise. */
export function createSelectorQuery(page: Owner): Query {
  let owner = page
  const questions: (() => void)[] = []
  const query: Query = {
    in(other) {
      owner = other
      return query
    },
    select: (selector) => {
      const root = owner._$.getShadowRoot()
      return {
        node(answer) {
          questions.push(() => answer(nodeOf(root?.querySelector(selector)?.$$ as unknown as HTMLElement | undefined)))
          return query
        },
      }
    },
    exec: () => queueMicrotask(() => questions.splice(0).forEach(ask => ask())),
  }
  return query
}

function nodeOf(element: HTMLElement | undefined): { node: object } | null {
  return element ? { node: { scrollTo: ({ top }: { top: number }) => void (element.scrollTop = top) } } : null
}
