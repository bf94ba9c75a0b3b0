import { Tokens } from '@/app/session/Tokens'
import { t } from '@/texts'
import { AdminSection } from './AdminSection'

export const TokensPage = () => (
  <AdminSection title={t('platform.tokens')}>
    <div className="panel panel-pad admin-narrow"><Tokens /></div>
  </AdminSection>
)
