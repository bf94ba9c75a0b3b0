import { Drawer, Tabs } from 'antd'
import { t } from '@/texts'
import { PasswordForm } from './PasswordForm'
import { Tokens } from './Tokens'

export default function AccountDrawer({ close }: { close: () => void }) {
  return (
    <Drawer open onClose={close} title={t('app.account')} size={480}>
      <Tabs
        items={[
          { key: 'password', label: t('app.changePassword'), children: <PasswordForm done={close} /> },
          { key: 'tokens', label: t('app.tokens'), children: <Tokens /> },
        ]}
      />
    </Drawer>
  )
}
