// Unit is an org unit here; what a command without a result returns has another name.
global using Nothing = MediatR.Unit;
