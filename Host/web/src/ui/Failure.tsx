import { Button } from 'antd'
import { explain } from '@/app/feedback'
import { isProblem } from '@/api/problem'
import { t } from '@/texts'
import { Blank } from './Blank'

/** A part of the page that could not be loaded. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const missing = isProblem(error) && error.status === 404
  const refused = isProblem(error) && error.status === 403
  const title = missing ? t('app.notFound') : refused ? t('app.forbidden') : t('app.loadFailed')
  return (
    <Blank title={title} text={missing ? t('app.notFoundText') : explain(error)}>
      {again && !missing && !refused && <Button onClick={again}>{t('app.again')}</Button>}
    </Blank>
  )
}
