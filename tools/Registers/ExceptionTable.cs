// Reads the table of exception classes, for the kernel's reports and for the trace viewer.

using System.Globalization;
using System.Text;
using Nestor.Tools.Build;

namespace Nestor.Tools.Registers;

/// <summary>Exception classes in words.</summary>
public static class ExceptionTable
{
    /// <summary>Where it is, from the root of the repository.</summary>
    public const string RelativePath = "hal/Registers/exceptions.table";

    /// <summary>Said of a class that is not in the table.</summary>
    public const string Reserved = "reserved exception class";

    private const uint Classes = 64;

    /// <summary>Words by class.</summary>
    /// <exception cref="BuildException">A row is malformed or stands twice.</exception>
    public static SortedDictionary<uint, string> Read(string root) => Parse(File.ReadLines(Path.Combine(root, RelativePath)));

    /// <summary>The same, from its lines.</summary>
    /// <exception cref="BuildException">As for <see cref="Read"/>.</exception>
    public static SortedDictionary<uint, string> Parse(IEnumerable<string> lines)
    {
        SortedDictionary<uint, string> names = [];
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string[] parts = line.Split('#', 2)[0].Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length == 0)
            {
                continue;
            }

            if (parts.Length != 2 || !uint.TryParse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint code) || code >= Classes || !names.TryAdd(code, parts[1]))
            {
                throw new BuildException($"{RelativePath}:{number}: not a new class below 40 and its words");
            }
        }

        return names;
    }

    /// <summary>The kernel's source.</summary>
    public static string Kernel(SortedDictionary<uint, string> names)
    {
        StringBuilder text = new("""
            // ESR_ELx.EC in words, for the two reports that a person reads: a guest that was stopped, and a panic.

            using System;

            namespace Nestor.Kernel;

            /// <summary>Words for exception classes.</summary>
            public static class ExceptionClassName
            {
                /// <summary>What an ESR_ELx value is about.</summary>
                public static ReadOnlySpan<byte> Of(ulong syndrome)
                {
                    switch ((uint)(syndrome >> 26) & 0x3f)
                    {

            """);
        foreach ((uint code, string name) in names)
        {
            text.Append(CultureInfo.InvariantCulture, $"            case 0x{code:x2}: return \"{name}\"u8;\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"            default: return \"{Reserved}\"u8;\n        }}\n    }}\n}}\n").ToString();
    }
}
