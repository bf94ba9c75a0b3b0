using Crm.Shared.Messaging;
using MediatR;

namespace Crm.Workflows.Contracts;

/// <summary>What a record's open approvals are about stands no more: they are voided, and their SOPs go on from there. What was decided before stays as it is.</summary>
public sealed record EndApprovals(Guid Record, Message Why) : ICommand<Unit>;
