// Encodings by name, out of the register table.
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

/// <summary>Finds the encoding of a register, as MRS and MSR have it.</summary>
public static class RegisterEncoding
{
    private static readonly Dictionary<string, uint> s_encodings = RegisterTable.Read(RepositoryRoot.Path).ToDictionary(row => row.Name, row => row.Encoding);

    /// <summary>The encoding.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such register.</exception>
    public static uint Of(string name) => s_encodings[name];
}
