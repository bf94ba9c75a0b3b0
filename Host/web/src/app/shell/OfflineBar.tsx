import { useLost } from '@/api/connection'
import { t } from '@/texts'

export function OfflineBar() {
  return useLost() ? <div className="offline" role="status">{t('app.offlineBar')}</div> : null
}
