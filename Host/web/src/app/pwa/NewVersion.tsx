import { Button } from 'antd'
import { t } from '@/texts'
import { takeNewVersion, useNewVersion } from './worker'

/** There is a newer version; it is taken when its reader has a moment. */
export function NewVersion() {
  if (!useNewVersion()) return null
  return (
    <div className="new-version" role="status">
      <span>{t('app.newVersion')}</span>
      <Button size="small" type="primary" onClick={takeNewVersion}>{t('app.reload')}</Button>
    </div>
  )
}
