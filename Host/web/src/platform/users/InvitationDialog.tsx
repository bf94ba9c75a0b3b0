import { Modal, Typography } from 'antd'
import { t } from '@/texts'
import { dateTime } from '@/ui/format'
import type { Invitation } from './users'

/** Shows the set-up link once, to be handed over. */
export const InvitationDialog = ({ name, invitation, close }: { name: string; invitation: Invitation; close: () => void }) => (
  <Modal open title={t('platform.inviteTitle', { name })} onCancel={close} onOk={close} okText={t('platform.linkTaken')} cancelButtonProps={{ hidden: true }}>
    <p>{t('platform.inviteText', { at: dateTime(invitation.expiresAt) })}</p>
    <Typography.Paragraph code copyable className="admin-secret">{invitation.link}</Typography.Paragraph>
  </Modal>
)
