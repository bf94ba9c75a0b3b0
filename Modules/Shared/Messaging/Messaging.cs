using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Shared.Messaging;

public static class MessagingSetup
{
    private static readonly Type[] Handlers = [typeof(IRequestHandler<,>), typeof(INotificationHandler<>), typeof(IValidator<>)];

    /// <summary>The mediator and its pipeline: access, validation, transaction.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services) => services
        .AddScoped<ServiceFactory>(p => p.GetService!)
        .AddScoped<IMediator, Mediator>()
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(AccessBehavior<,>))
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>))
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));

    /// <summary>Registers a module's request handlers, notification handlers and validators, internal ones too.</summary>
    public static IServiceCollection AddHandlersFrom(this IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && Handlers.Contains(i.GetGenericTypeDefinition())))
                services.AddScoped(contract, type);
        return services;
    }
}
