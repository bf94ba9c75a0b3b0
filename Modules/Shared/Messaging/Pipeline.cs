using System.Reflection;
using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using FluentValidation;
using MediatR;

namespace Crm.Shared.Messaging;

internal sealed class AccessBehavior<TRequest, TResponse>(CurrentActor actor) : IPipelineBehavior<TRequest, TResponse>
{
    private static readonly string? Permission = typeof(TRequest).GetCustomAttribute<RequiresAttribute>()?.Permission;

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        Permission is null || actor.Value.Can(Permission) ? next() : throw Problem.Forbidden(Permission);
}

internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = new List<FieldError>();
        foreach (var validator in validators)
            // A validator names our own codes with WithErrorCode; custom state carries the text's arguments.
            errors.AddRange((await validator.ValidateAsync(request, cancellationToken)).Errors
                .Select(e => new FieldError(Camel(e.PropertyName), e.ErrorCode, e.CustomState as object?[] ?? [])));
        return errors.Count == 0 ? await next() : throw Problem.Invalid([.. errors]);
    }

    private static string Camel(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}

internal sealed class TransactionBehavior<TRequest, TResponse>(Session session) : IPipelineBehavior<TRequest, TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        request is ICommand ? session.InTransactionAsync(() => next(), cancellationToken) : next();
}
