import { Problem } from '../problem.mjs'
import { checkSizes, sizesInWords } from './sizes.mjs'

/** Tells what came of it and what comes next. */
export function report(job, { packages = [], qrCode }) {
  console.log(`  ${sizesInWords(packages)}`)
  if (job.action === 'check')
    return acceptOrRefuse(packages)
  if (job.action === 'upload')
    return console.log(`✓ ${job.version} is in WeChat's console: 管理 → 版本管理 → 开发版本, robot ${job.robot}. From there: 选为体验版, or 提交审核.`)
  if (qrCode)
    console.log(`\n${qrCode}`)
  console.log(`✓ Scan the code with WeChat (also in ${job.image}). Who scans must be a member of the project; then on the phone: … → 开发调试 → 打开调试, to use domains that are not listed yet.`)
}

function acceptOrRefuse(packages) {
  const problem = checkSizes(packages)
  if (problem)
    throw new Problem(problem)
  console.log('✓ WeChat\'s compiler accepts the build.')
}
