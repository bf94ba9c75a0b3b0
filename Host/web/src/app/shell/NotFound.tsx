import { Button } from 'antd'
import { Link } from 'react-router'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'

export function NotFound() {
  return (
    <Blank title={t('app.notFound')} text={t('app.notFoundText')}>
      <Link to="/"><Button type="primary">{t('app.toWork')}</Button></Link>
    </Blank>
  )
}
