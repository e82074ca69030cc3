// What the linked image's DWARF says about addresses: which method starts where, and which line an instruction is from.
// llvm-dwarfdump reads every version of the format, so its text is read here rather than the format.

using System.Globalization;
using System.Text.RegularExpressions;

namespace Nestor.Tools.Build;

/// <summary>Methods and lines of a linked image.</summary>
public sealed partial class DebugInformation
{
    /// <summary>The name that ilc gave the method that starts at an address, also where an export hides it from the symbols.</summary>
    public Dictionary<ulong, string> Methods { get; } = [];

    /// <summary>For each address where a line begins: file as the compiler named it, and line (0: code without a line).</summary>
    public SortedDictionary<ulong, (string File, int Line)> Lines { get; } = [];

    /// <summary>Reads an ELF file.</summary>
    public static DebugInformation Read(string elf) => Parse(Toolchain.Run("llvm-dwarfdump", "--debug-info", "--debug-line", elf).Split('\n'));

    /// <summary>Reads the text of llvm-dwarfdump --debug-info --debug-line.</summary>
    public static DebugInformation Parse(IEnumerable<string> dump)
    {
        var result = new DebugInformation();
        var files = new FileTable();
        string? method = null;
        foreach (string line in dump)
        {
            if (line.StartsWith("debug_line[", StringComparison.Ordinal))
            {
                files = new FileTable();
            }
            else if (line.StartsWith("0x", StringComparison.Ordinal))
            {
                method = null;
                result.AddLine(line, files);
            }
            else if (Specification().Match(line) is { Success: true } specification)
            {
                method = specification.Groups[1].Value;
            }
            else if (method != null && LowPc().Match(line) is { Success: true } start)
            {
                result.Methods[Hexadecimal(start.Groups[1].Value)] = method;
            }
            else
            {
                files.Read(line);
            }
        }

        return result;
    }

    private void AddLine(string text, FileTable files)
    {
        Match row = Row().Match(text);
        if (row.Success && !text.Contains("end_sequence", StringComparison.Ordinal))
        {
            Lines[Hexadecimal(row.Groups[1].Value)] = (files.Path(Decimal(row.Groups[3].Value)), Decimal(row.Groups[2].Value));
        }
    }

    private static ulong Hexadecimal(string digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static int Decimal(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    // Address, line, column, file.
    [GeneratedRegex(@"^0x([0-9a-f]{16}) +(\d+) +\d+ +(\d+) ")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\s*DW_AT_specification\t\(0x[0-9a-f]+ ""(.+)""\)$")]
    private static partial Regex Specification();

    [GeneratedRegex(@"^\s*DW_AT_low_pc\t\(0x([0-9a-f]+)\)$")]
    private static partial Regex LowPc();

    /// <summary>The files and directories of one line table, by the numbers that it gives them.</summary>
    private sealed partial class FileTable
    {
        private readonly Dictionary<int, string> _directories = [];
        private readonly Dictionary<int, (string Name, int Directory)> _files = [];
        private int _current;

        public void Read(string line)
        {
            if (Directory().Match(line) is { Success: true } directory)
            {
                _directories[Decimal(directory.Groups[1].Value)] = directory.Groups[2].Value;
            }
            else if (File().Match(line) is { Success: true } file)
            {
                _current = Decimal(file.Groups[1].Value);
            }
            else if (Name().Match(line) is { Success: true } name)
            {
                _files[_current] = (name.Groups[1].Value, 0);
            }
            else if (DirectoryIndex().Match(line) is { Success: true } index && _files.TryGetValue(_current, out (string Name, int Directory) named))
            {
                _files[_current] = (named.Name, Decimal(index.Groups[1].Value));
            }
        }

        public string Path(int number)
        {
            (string name, int directory) = _files.GetValueOrDefault(number, ("?", 0));
            return _directories.TryGetValue(directory, out string? folder) ? System.IO.Path.Combine(folder, name) : name;
        }

        [GeneratedRegex(@"^include_directories\[ *(\d+)\] = ""(.*)""$")]
        private static partial Regex Directory();

        [GeneratedRegex(@"^file_names\[ *(\d+)\]:$")]
        private static partial Regex File();

        [GeneratedRegex(@"^ +name: ""(.*)""$")]
        private static partial Regex Name();

        [GeneratedRegex(@"^ +dir_index: (\d+)$")]
        private static partial Regex DirectoryIndex();
    }
}
