// The kernel's rules that a machine can check. Each throws with the function at fault; a test proves that each can fail.

using System.Text.RegularExpressions;

namespace Nestor.Tools.Build;

/// <summary>Checks on the compiled kernel that fail the build.</summary>
public static partial class Gates
{
    /// <summary>Hand-written assembly, comments and blank lines not counted.</summary>
    public const int AssemblyLineLimit = 500;

    /// <summary>Guests' vector registers are live while the kernel runs, so the image may not touch them.</summary>
    /// <param name="disassembly">Output of llvm-objdump -d --no-show-raw-insn.</param>
    /// <param name="allowed">Functions (the switch of vector state itself) that must.</param>
    public static void NoVectorInstructions(IEnumerable<string> disassembly, Func<string, bool> allowed)
    {
        string function = "?";
        int instructions = 0, data = 0;
        foreach (string line in disassembly)
        {
            if (Label().Match(line) is { Success: true } label)
            {
                function = label.Groups[1].Value;
            }
            else if (DataLine().IsMatch(line))
            {
                data++;
            }
            else if (InstructionLine().Match(line) is { Success: true } instruction)
            {
                instructions++;
                if (TouchesVectors(instruction.Groups[1].Value, instruction.Groups[2].Value) && !allowed(function))
                {
                    throw new BuildException($"a SIMD, FP or SVE instruction in {function}: {line.Trim()} (a struct copied or zeroed by value?)");
                }
            }
        }

        if (data > instructions)
        {
            throw new BuildException("the disassembly of the image is mostly data: its instructions cannot be checked");
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
            string? user = linkerErrors[match.Index..].Split('\n').FirstOrDefault(l => l.Contains("referenced by", StringComparison.Ordinal));
            throw new BuildException($"managed allocation ({match.Groups[1].Value}) in the kernel: {user?.Trim(' ', '>')}");
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

    /// <summary>Assembly is for reset, vectors and single-instruction leaves; the generated ones do not count.</summary>
    public static void AssemblyWithinLimit(IEnumerable<string> files)
    {
        int lines = files.Sum(CountLines);
        if (lines > AssemblyLineLimit)
        {
            throw new BuildException($"{lines} lines of hand-written assembly; the limit is {AssemblyLineLimit}");
        }
    }

    private static bool TouchesVectors(string mnemonic, string operands) =>
        VectorMnemonic().IsMatch(mnemonic) || VectorOperand().IsMatch(Symbolic().Replace(operands, ""));

    private static int CountLines(string file) =>
        BlockComment().Replace(File.ReadAllText(file), "").Split('\n').Count(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith("//", StringComparison.Ordinal));

    [GeneratedRegex("^[0-9a-f]+ <(.+)>:$")]
    private static partial Regex Label();

    // The names and remarks that objdump adds: <b1+0x10>, // =4096.
    [GeneratedRegex(@"<.*>|//.*$")]
    private static partial Regex Symbolic();

    // `40200104:      \twfi`, not the raw bytes that objdump shows of data even when asked not to.
    [GeneratedRegex(@"^\s*[0-9a-f]+:\s+([a-z<][a-z0-9.>]*)(?:\s+(.*))?$")]
    private static partial Regex InstructionLine();

    [GeneratedRegex(@"^\s*[0-9a-f]+:.*\t\.(?:word|short|byte|long|quad|xword|ascii)\b")]
    private static partial Regex DataLine();

    // A vector, predicate or matrix register as an operand: v0.16b, v1.s[2], q1, d2, s3, h4, b5, z6.d, p7/z, p8, pn9, za0h.s, zt0.
    [GeneratedRegex(@"(?<![\w.#<])(?:v\d{1,2}\.\d*[bhsdq]|[qdshb]\d{1,2}|zt0|z\d{1,2}(?:\.[bhsdq])?|pn?\d{1,2}(?:\.[bhsdq])?|za(?:\d{1,2}[hv]?)?(?:\.[bhsdq])?|ffr|fpcr|fpsr|fpmr|svcr\w*)(?![\w.])", RegexOptions.IgnoreCase)]
    private static partial Regex VectorOperand();

    // What touches or measures vectors without naming a register of theirs, and what no known instruction is.
    [GeneratedRegex(@"^(?:smstart|smstop|setffr|addvl|addpl|addsvl|addspl|rdvl|rdsvl|cnt[bhwd]|(?:[su]q)?(?:inc|dec)[bhwd]|ctermeq|ctermne|<unknown>)$")]
    private static partial Regex VectorMnemonic();

    [GeneratedRegex(@"undefined symbol: (Rh[A-Za-z_]*New\w*|RhNew\w*|RhpNew\w*|RhBox\w*|__GenericNew\w*)")]
    private static partial Regex AllocationHelper();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex BlockComment();
}
