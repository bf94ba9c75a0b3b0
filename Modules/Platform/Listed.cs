namespace Crm.Platform;

/// <summary>A list as the API answers it.</summary>
/// <param name="Next">What <c>after</c> must say for the following page; null at the end, and for lists that are short enough to come whole.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, Guid? Next = null);
