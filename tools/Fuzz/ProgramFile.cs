// Programs as the payload reads them; the format is in qemu-tests/Guests/Payloads/Fuzz/Programs.cs.
using Nestor.Tools.Registers;

namespace Nestor.Tools.Fuzz;

/// <summary>Writes programs.</summary>
public static class ProgramFile
{
    private const int KindShift = 48;                   // in the word of PSTATE
    private const ulong Magic = 0x317a_7a75_662d_7273;

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="programs">What it has.</param>
    /// <param name="batch">Programs for each digest.</param>
    /// <param name="shows">Whether the payload shows what each step did.</param>
    /// <param name="coverage">Whether the payload says what steps reached, and by which numbers.</param>
    public static void Write(string path, IReadOnlyList<FuzzProgram> programs, int batch, bool shows, Coverage? coverage)
    {
        using BinaryWriter file = new(File.Create(path));
        IReadOnlyList<ComparedRegister> registers = ComparedRegister.All;
        foreach (ulong word in (ulong[])[Magic, (ulong)registers.Count, (ulong)programs.Count, (ulong)batch, (shows ? 1UL : 0) | (coverage is null ? 0UL : 2)])
        {
            file.Write(word);
        }

        foreach (ComparedRegister register in registers)
        {
            file.Write((ulong)register.Row.Encoding);
            file.Write(register.Mask);
        }

        foreach (FuzzProgram program in programs)
        {
            file.Write((ulong)program.Steps.Count);
            foreach (ProgramStep step in program.Steps)
            {
                file.Write(step.Pstate | ((ulong)(coverage?.KindOf(step) ?? 0) << KindShift));
                file.Write((ulong)step.Code.Count);
                foreach (uint instruction in step.Code)
                {
                    file.Write(instruction);
                }

                if (step.Code.Count % 2 != 0)
                {
                    file.Write(0);
                }
            }
        }
    }
}
