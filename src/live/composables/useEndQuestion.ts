/** Ending a broadcast asks first, and says who is left behind. */
import { useText } from '@/src/composables/useText'
import { useDialog } from '../stores/dialog'

export function useEndQuestion(): (present: { viewers: number, guests: number }) => Promise<boolean> {
  const { t } = useText()
  const dialog = useDialog()

  return ({ guests, viewers }) => dialog.confirm({
    title: t('live.end.title'),
    body: [
      ...guests > 0 ? [t('linkMic.desk.end', { count: guests })] : [],
      viewers > 0 ? t('live.end.body', { count: viewers }) : t('live.end.bodyEmpty'),
    ].join('\n'),
    yes: t('live.end.yes'),
    no: t('live.end.no'),
    isDanger: true,
  })
}
