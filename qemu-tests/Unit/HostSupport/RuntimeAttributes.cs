// The kernel binds its assembly leaves with attributes that only its own corelib has. Here they mean nothing: a leaf
// is never called on the host, and a test that did call one would end with an exception, not with a wrong answer.

namespace System.Runtime;

/// <summary>Names the symbol that an InternalCall method is bound to in the kernel image.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeImportAttribute(string library, string entryPoint) : Attribute
{
    public string Library { get; } = library;

    public string EntryPoint { get; } = entryPoint;
}

/// <summary>Gives a method a symbol in the kernel image.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute(string entryPoint) : Attribute
{
    public string EntryPoint { get; } = entryPoint;
}
