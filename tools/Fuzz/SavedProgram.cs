// A program as text: a line for each step with its PSTATE and its name, and the instructions below it.
using System.Globalization;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

/// <summary>Reads and writes programs.</summary>
public static class SavedProgram
{
    /// <summary>The text.</summary>
    public static string Text(FuzzProgram program) =>
        string.Concat(program.Steps.Select(step => $"step 0x{step.Pstate:x} {step.Name}\n" + string.Concat(step.Code.Select(word => $"    {word:x8}\n"))));

    /// <summary>The program of a file.</summary>
    /// <exception cref="UsageException">It is not one.</exception>
    public static FuzzProgram Read(string path)
    {
        List<ProgramStep> steps = [];
        List<uint> code = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] words = line.Split('#')[0].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && words[0] == "step" && words[1].StartsWith("0x", StringComparison.Ordinal)
                && ulong.TryParse(words[1][2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong pstate))
            {
                code = [];
                steps.Add(new ProgramStep(words.ElementAtOrDefault(2) ?? "", pstate, code));
            }
            else if (steps.Count > 0 && words.Length == 1 && uint.TryParse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint instruction))
            {
                code.Add(instruction);
            }
            else if (words.Length > 0)
            {
                throw new UsageException($"{path}:{number}: neither a step (step 0xPSTATE NAME) nor an instruction below one");
            }
        }

        return steps.Count > 0 ? new FuzzProgram(0, steps) : throw new UsageException($"{path}: it has no step");
    }
}
