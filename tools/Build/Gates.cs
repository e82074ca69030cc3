// The kernel's rules that a machine can check. Each throws with the function at fault; a test proves that each can fail.

using System.Text.RegularExpressions;

namespace Nestor.Tools.Build;

/// <summary>Checks on the compiled kernel that fail the build.</summary>
public static partial class Gates
{
    /// <summary>Hand-written assembly, comments and blank lines not counted.</summary>
    public const int AssemblyLineLimit = 700;

    /// <summary>Guests' vector registers are live while the kernel runs, so the image may not touch them.</summary>
    /// <param name="disassembly">Output of llvm-objdump -d.</param>
    /// <param name="allowed">Functions (the switch of vector state itself) that must.</param>
    public static void NoVectorInstructions(IEnumerable<string> disassembly, Func<string, bool> allowed)
    {
        string function = "?";
        foreach (string line in disassembly)
        {
            Match label = Label().Match(line);
            if (label.Success)
            {
                function = label.Groups[1].Value;
            }
            else if (VectorOperand().IsMatch(line) && !Data().IsMatch(line) && !allowed(function))
            {
                throw new BuildException($"a SIMD, FP or SVE instruction in {function}: {line.Trim()} (a struct copied or zeroed by value?)");
            }
        }
    }

    /// <summary>Statics that ilc could not compute would need a constructor that nobody runs.</summary>
    public static void AllStaticsPreinitialised(string ilcOutput)
    {
        foreach (string line in ilcOutput.Split('\n'))
        {
            if (line.Contains("Could not preinitialize", StringComparison.Ordinal))
            {
                throw new BuildException($"a static that must be computed at run time: {line.Trim()}");
            }
        }
    }

    /// <summary>The link fails on `new` by itself; this says it in words.</summary>
    public static void NoAllocation(string linkerErrors)
    {
        Match match = AllocationHelper().Match(linkerErrors);
        if (match.Success)
        {
            throw new BuildException($"managed allocation ({match.Groups[1].Value}) in the kernel: {linkerErrors.Split('\n')[^1]}{linkerErrors.Split('\n').FirstOrDefault(l => l.Contains("referenced by"))?.Trim()}");
        }

        if (linkerErrors.Contains("undefined symbol", StringComparison.Ordinal))
        {
            throw new BuildException($"unresolved symbols:\n{linkerErrors.Trim()}");
        }
    }

    /// <summary>No segment of the image may be both writable and executable.</summary>
    /// <param name="elf">The linked file.</param>
    public static void NoWritableCode(ElfObject elf)
    {
        const ulong Write = 1, Execute = 4;
        foreach (ElfObject.Section section in elf.Sections)
        {
            if ((section.Flags & (Write | Execute)) == (Write | Execute))
            {
                throw new BuildException($"section {section.Name} is writable and executable");
            }
        }

        foreach (ElfObject.Section code in elf.Sections.Where(s => s.IsCode && s.Size > 0))
        {
            foreach (ElfObject.Section data in elf.Sections.Where(s => (s.Flags & Write) != 0 && s.Size > 0))
            {
                if (code.Address / 4096 <= (data.Address + (ulong)data.Size - 1) / 4096 && data.Address / 4096 <= (code.Address + (ulong)code.Size - 1) / 4096)
                {
                    throw new BuildException($"sections {code.Name} and {data.Name} share a page, which would be writable and executable");
                }
            }
        }
    }

    /// <summary>Assembly is for reset, vectors and single-instruction leaves.</summary>
    public static void AssemblyWithinLimit(IEnumerable<string> files)
    {
        int lines = files.Sum(CountLines);
        if (lines > AssemblyLineLimit)
        {
            throw new BuildException($"{lines} lines of assembly; the limit is {AssemblyLineLimit}");
        }
    }

    private static int CountLines(string file) =>
        BlockComment().Replace(File.ReadAllText(file), "").Split('\n').Count(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith("//", StringComparison.Ordinal));

    [GeneratedRegex("^[0-9a-f]+ <(.+)>:$")]
    private static partial Regex Label();

    // A vector or floating-point register as an operand: v0.16b, q1, d2, s3, h4, b5, z6, p7, za.
    [GeneratedRegex(@"^\s*[0-9a-f]+:\s.*[\s,{\[](?:v\d+\.\d*[bhsdq]|[qdshb]\d{1,2}|z\d+\.?[bhsdq]?|p\d+(?:\.[bhsd]|/[mz])|za\d*)(?:[\s,}\]\[]|$)")]
    private static partial Regex VectorOperand();

    // A literal pool among the code, whose bytes may look like register names.
    [GeneratedRegex(@"\s\.(?:xword|word|short|byte)\s")]
    private static partial Regex Data();

    [GeneratedRegex(@"undefined symbol: (Rh[A-Za-z_]*New\w*|RhNew\w*|RhpNew\w*|RhBox\w*|__GenericNew\w*)")]
    private static partial Regex AllocationHelper();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex BlockComment();
}
