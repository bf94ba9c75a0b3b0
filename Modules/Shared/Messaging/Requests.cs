using MediatR;

namespace Crm.Shared.Messaging;

/// <summary>Changes something; runs in one transaction, joining the caller's if there is one.</summary>
public interface ICommand<out T> : IRequest<T>, ICommand;

/// <summary>Marker of all commands.</summary>
public interface ICommand;

/// <summary>Reads only.</summary>
public interface IQuery<out T> : IRequest<T>;

/// <summary>The permission a request needs; checked before anything else.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}
