import fs from 'node:fs'
import path from 'node:path'

/**
 * NOTICES.md: what others wrote, and their licences in their own words.
 *
 * @param root where node_modules is
 * @param folders of the packages, below root
 */
export function notices(root, folders) {
  const sections = [...folders].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'))
    const by = author?.name ?? author
    const texts = licenceFiles(path.join(root, folder)).map(file => `\n\`\`\`\n${fs.readFileSync(file, 'utf8').replaceAll('\r', '').trim()}\n\`\`\`\n`)
    return `## ${name} ${version}\n\n${license}${by ? `, ${by}` : ''}\n${texts.join('')}`
  })
  return `# Software by others in this module\n\n${sections.join('\n')}`
}

/** `dist` may have those of what was bundled before. */
function licenceFiles(folder) {
  return [folder, path.join(folder, 'dist')].filter(place => fs.existsSync(place)).flatMap(place => fs.readdirSync(place).filter(file => /^licen[cs]e|\.license\b/i.test(file)).sort().map(file => path.join(place, file)))
}
