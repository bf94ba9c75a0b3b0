using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;
using FluentValidation;
using MediatR;

namespace Crm.Platform.SignIn;

/// <summary>Not a command: a failed attempt must stay counted.</summary>
internal sealed record SignIn(string? Email, string? Password, bool Remember) : IRequest<SignedIn>;

/// <summary>Whose session begins.</summary>
internal sealed record SignedIn(Guid UserId, string Stamp);

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator()
    {
        RuleFor(s => s.Email).NotEmpty().WithErrorCode("field.required");
        RuleFor(s => s.Password).NotEmpty().WithErrorCode("field.required");
        RuleFor(s => s.Password).MaximumLength(PasswordRules.Longest).WithErrorCode("password.length").WithState(_ => new object?[] { PasswordRules.Shortest, PasswordRules.Longest });
    }
}

internal sealed class SignInHandler(Session session, IDirectory people, Passwords passwords) : IRequestHandler<SignIn, SignedIn>
{
    public async Task<SignedIn> Handle(SignIn request, CancellationToken ct)
    {
        var email = request.Email!.Trim().ToLowerInvariant();
        var id = await session.FirstAsync<Guid?>("SELECT id FROM platform_user WHERE email = @email AND deleted_at IS NULL", new { email }, ct);
        var stamp = await passwords.CheckAsync(id, request.Password!, ct);
        var active = (await people.ReadAsync(ct)).Person(id) is { Active: true };
        // One answer for wrong, unknown, locked and inactive: none of them is told apart.
        return stamp is not null && active ? new(id!.Value, stamp) : throw new Problem(401, "signIn.refused", []);
    }
}
