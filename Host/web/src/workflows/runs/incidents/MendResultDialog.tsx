import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { Link } from 'react-router'
import { t } from '@/texts'
import type { MendResult } from './incidents'

/** Where some were left: which, and why. */
export function MendResultDialog({ result, close }: { result: MendResult; close: () => void }) {
  const sorted = [...result.items].sort((a, b) => Number(a.ok) - Number(b.ok))
  return (
    <Modal open title={t('watch.mendResult')} onCancel={close} footer={<Button type="primary" onClick={close}>{t('app.close')}</Button>}>
      <p>{t('watch.mendSome', { done: result.done, left: result.failed })}</p>
      <ul className="plain mend-items">
        {sorted.map(item => (
          <li key={item.incident ?? item.run}>
            {item.ok ? <CheckCircleFilled className="mend-ok" aria-hidden /> : <ExclamationCircleFilled className="mend-bad" aria-hidden />}
            <Link to={`/runs/${item.run}`} onClick={close}>{item.record}</Link>
            <span className={item.ok ? 'muted small' : 'mend-bad small'}>{item.ok ? t('watch.mendOk') : item.message}</span>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
