/** What a browser does not know of WeChat's own tags: image shows its file, by its mode; the value of an input can be set again. */

const FIT: Readonly<Record<string, string>> = { aspectFit: 'contain', aspectFill: 'cover', widthFix: 'contain' }

/** Now and whenever something changes. */
export function drawTags(): void {
  new MutationObserver((changes) => {
    document.querySelectorAll('image').forEach(drawImage)
    for (const { target } of changes) {
      if (target instanceof HTMLInputElement)
        target.value = target.getAttribute('value') ?? ''
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['src', 'mode', 'value'] })
}

function drawImage(image: Element) {
  const src = image.getAttribute('src') ?? ''
  const picture = image.querySelector('img') ?? image.appendChild(document.createElement('img'))
  if (picture.getAttribute('src') !== src)
    picture.setAttribute('src', src)
  picture.style.objectFit = FIT[image.getAttribute('mode') ?? ''] ?? 'fill'
}
