import { installDependencies } from '../dependencies.mjs'

/** WeChat's compiler with its thousand packages, on first use, beside ours and not among them. None of them needs its install script. */
export function installWeChat() {
  return installDependencies({ folder: 'tools/miniprogram-ci', title: 'Installing WeChat\'s compiler, a minute or two the first time', args: ['--ignore-scripts'] })
}
