// Sizes as people write them: 512M, 1G, or a plain number of MiB, as QEMU takes them.
using System.Globalization;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public static class MemorySize
{
    public const long KiB = 1L << 10;
    public const long MiB = 1L << 20;
    public const long GiB = 1L << 30;

    private const long Most = 1L << 40;

    public static long Parse(string text, string what)
    {
        string digits = text.TrimEnd('k', 'K', 'm', 'M', 'g', 'G');
        long unit = text[digits.Length..] switch
        {
            "k" or "K" => KiB,
            "" or "m" or "M" => MiB,
            "g" or "G" => GiB,
            _ => 0,
        };
        if (unit == 0
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            || count <= 0
            || count > Most / unit)
        {
            throw new UsageException($"{what}: '{text}' is not a size; write for example 512M or 1G");
        }

        return count * unit;
    }

    public static long RoundUp(long size, long unit) => (size + unit - 1) / unit * unit;

    /// <summary>For messages about files: the size in MiB, or in KiB rounded up when that is less than one.</summary>
    public static string ShowFile(long size) => size < MiB
        ? string.Create(CultureInfo.InvariantCulture, $"{RoundUp(size, KiB) / KiB} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{size / MiB} MiB");

    /// <summary>For messages: the size in MiB, rounded up.</summary>
    public static string Show(long size) =>
        string.Create(CultureInfo.InvariantCulture, $"{RoundUp(size, MiB) / MiB}M");
}
