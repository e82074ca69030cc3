// Reads the table and refuses one that contradicts itself: a wrong row would otherwise become wrong code in ten places.

using System.Globalization;
using Nestor.Tools.Build;

namespace Nestor.Tools.Registers;

/// <summary>The register table.</summary>
public static class RegisterTable
{
    /// <summary>Where the table is, from the root of the repository.</summary>
    public const string RelativePath = "hal/Registers/registers.table";

    /// <summary>Reads and checks the table.</summary>
    /// <exception cref="BuildException">A row is malformed, or two rows claim the same name, encoding or VNCR slot.</exception>
    public static IReadOnlyList<RegisterRow> Read(string root)
    {
        var rows = new List<RegisterRow>();
        int number = 0;
        foreach (string line in File.ReadLines(Path.Combine(root, RelativePath)))
        {
            number++;
            string text = line.Split('#', 2)[0].Trim();
            if (text.Length > 0)
            {
                rows.Add(Parse(text, number));
            }
        }

        Check(rows);
        return rows;
    }

    private static RegisterRow Parse(string text, int number)
    {
        string[] word = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (word.Length is < 14 or > 15)
        {
            throw Wrong(number, $"{word.Length} columns, not 14 or 15");
        }

        try
        {
            return new RegisterRow(
                word[0], uint.Parse(word[1]), uint.Parse(word[2]), uint.Parse(word[3]), uint.Parse(word[4]), uint.Parse(word[5]),
                Enum.Parse<RegisterKind>(word[6], ignoreCase: true),
                word[7] == "-" ? null : uint.Parse(word[7], NumberStyles.HexNumber),
                word[8] == "-" ? null : word[8].TrimEnd('*'),
                word[8].EndsWith('*'),
                Optional(word[9]), Optional(word[10]), word[11], Number(word[12]), word[13] == "-" ? ulong.MaxValue : Number(word[13]),
                word.Length == 15 ? Enum.Parse<RegisterWrite>(word[14], ignoreCase: true) : RegisterWrite.Plain);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw Wrong(number, e.Message);
        }
    }

    private static string? Optional(string word) => word == "-" ? null : word;

    private static ulong Number(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal) ? ulong.Parse(word[2..], NumberStyles.HexNumber) : ulong.Parse(word);

    private static BuildException Wrong(int number, string why) => new($"{RelativePath}:{number}: {why}");

    private static void Check(List<RegisterRow> rows)
    {
        Unique(rows.Select(r => r.Name), "name");
        Unique(rows.Select(r => $"{r.Encoding:x4}").Concat(rows.Where(r => r.Alias != null).Select(r => $"{r.AliasEncoding:x4}")), "encoding");
        Unique(rows.Where(r => r.Vncr != null).Select(r => $"{r.Vncr:x}"), "VNCR offset");
        foreach (RegisterRow row in rows.Where(r => (r.Trap == "id" && r.Mask == ulong.MaxValue) || (r.Kind == RegisterKind.Id && r.Trap is not ("id" or "idbits"))))
        {
            throw new BuildException($"{RelativePath}: {row.Name}: identification has the trap id, with the largest value of each field, or idbits");
        }

        foreach (RegisterRow row in rows.Where(r => r.Shadow != null))
        {
            if (!rows.Any(r => r.Name == row.Shadow && r.Kind == RegisterKind.El1))
            {
                throw new BuildException($"{RelativePath}: {row.Name}: its shadow {row.Shadow} is not a row of the EL1 bank");
            }
        }
    }

    private static void Unique(IEnumerable<string> values, string what)
    {
        var seen = new HashSet<string>();
        foreach (string value in values)
        {
            if (!seen.Add(value))
            {
                throw new BuildException($"{RelativePath}: the {what} {value} is there twice");
            }
        }
    }
}
