// The symbols that a Linux kernel for arm64 carries for its own messages (CONFIG_KALLSYMS), found in its Image without any help: a
// distribution's kernel has no other at hand. How they lie there is scripts/kallsyms.c of Linux:
//
//   num_syms  names  markers  [seqs]  token_table  token_index, and behind it (6.4) or in front (older):  offsets  relative_base
//
// A name is a length and as many tokens; a token is a byte that stands for a piece of text; a marker is the place of every 256th
// name. Found is what fits together: the tokens by the digits, which stand for themselves; the names by the markers.
using System.Buffers.Binary;
using System.Text;
using Nestor.Tools.Support;

namespace Nestor.Tools.Symbols;

public sealed class KernelImage
{
    private const int Tokens = 256;
    private const int NamesPerMarker = 256;
    private const int FewestSymbols = 256;
    private const int MostSymbols = 1 << 20;

    // R_AARCH64_RELATIVE: the word at an address is an address.
    private const ulong Relative = 0x403;

    private readonly byte[] _image;
    private readonly string _path;

    private readonly ulong _start;

    /// <summary>Reads an Image.</summary>
    public KernelImage(string path)
    {
        _path = path;
        _image = File.ReadAllBytes(path);
        Symbols = Read(out _start);
    }

    /// <summary>Its symbols, by address.</summary>
    public IReadOnlyList<KernelSymbol> Symbols { get; }

    /// <summary>The code between two addresses; empty where it is not in the file.</summary>
    public ReadOnlySpan<byte> Code(ulong start, ulong end) =>
        start >= _start && end > start && end - _start <= (ulong)_image.Length ? _image.AsSpan((int)(start - _start), (int)(end - start)) : default;

    private IReadOnlyList<KernelSymbol> Read(out ulong imageStart)
    {
        (string[] tokens, int tableAt, int indexEnd) = FindTokens();
        (int countAt, int count, int namesAt) = FindNames(tableAt);
        int offsetsAt = Align(indexEnd, 8);
        int baseAt = Align(offsetsAt + (4 * count), 8);
        if (!IsAscending(offsetsAt, count))
        {
            baseAt = countAt - 8;
            offsetsAt = baseAt - Align(4 * count, 8);
        }

        if (!IsAscending(offsetsAt, count))
        {
            throw Failure("the addresses of its symbols are not where they should be");
        }

        ulong start = FindBase(baseAt, out imageStart);
        List<KernelSymbol> symbols = [];
        int at = namesAt;
        for (int i = 0; i < count; i++)
        {
            int length = Length(ref at);
            StringBuilder name = new();
            foreach (byte token in _image.AsSpan(at, length))
            {
                name.Append(tokens[token]);
            }

            at += length;
            symbols.Add(new KernelSymbol(start + Word(offsetsAt + (4 * i)), name[0], name.ToString(1, name.Length - 1)));
        }

        return symbols;
    }

    private (string[] Tokens, int At, int IndexEnd) FindTokens()
    {
        byte[] digits = [.. "0123456789".SelectMany(static digit => (byte[])[(byte)digit, 0])];
        for (int at = Find(digits, 0); at >= 0; at = Find(digits, at + 1))
        {
            int end = at;
            for (int i = '0'; i < Tokens && end > 0 && end < _image.Length; i++)
            {
                end = Array.IndexOf(_image, (byte)0, end) + 1;
            }

            foreach (int index in (int[])[Align(end, 4), Align(end, 8)])
            {
                int start = at - Half(index + (2 * '0'));
                if (end > at && index + (2 * Tokens) <= _image.Length && start > 0 && Half(index) == 0 && Half(index + (2 * '1')) == Half(index + (2 * '0')) + 2)
                {
                    return ([.. Enumerable.Range(0, Tokens).Select(i => Text(start + Half(index + (2 * i))))], start, index + (2 * Tokens));
                }
            }
        }

        throw Failure("it has no symbols (CONFIG_KALLSYMS), or is compressed");
    }

    private (int CountAt, int Count, int NamesAt) FindNames(int end)
    {
        // Backwards, for the names lie in front of the tokens.
        for (int at = Align(end, 8) - 8; at >= 0; at -= 8)
        {
            uint count = Word(at);
            if (count is >= FewestSymbols and <= MostSymbols && Word(at + 4) == 0 && IsNames(at + 8, (int)count, end))
            {
                return (at, (int)count, at + 8);
            }
        }

        throw Failure("the names of its symbols are not where they should be");
    }

    private bool IsNames(int start, int count, int end)
    {
        int at = start;
        int afterFirst = 0;
        for (int i = 0; i < count; i++)
        {
            if (at + 2 >= end)
            {
                return false;
            }

            int length = Length(ref at);
            at += length;
            if (length == 0)
            {
                return false;
            }

            afterFirst = i == NamesPerMarker - 1 ? at - start : afterFirst;
        }

        int markers = Align(at, 4);
        markers = Word(markers + 4) == afterFirst ? markers : Align(at, 8);
        return markers < end && Word(markers) == 0 && Word(markers + 4) == afterFirst;
    }

    // What the base is, the loader would write: a relocation says it, whose place tells where the image starts.
    private ulong FindBase(int baseAt, out ulong start)
    {
        const ulong Granule = 0x20_0000;            // a kernel starts at a multiple of it, and its symbols soon behind
        const ulong Page = 0x1000;
        byte[] type = BitConverter.GetBytes(Relative);
        for (int at = Find(type, 0); at >= 0; at = Find(type, at + 1))
        {
            if (at >= 8 && at + 16 <= _image.Length)
            {
                start = Long(at - 8) - (ulong)baseAt;
                ulong addend = Long(at + 8);
                if (start % Granule == 0 && addend - start < Granule && addend % Page == 0 && start >> 48 == 0xffff)
                {
                    return addend;
                }
            }
        }

        throw Failure("nothing says where it was linked");
    }

    private bool IsAscending(int at, int count)
    {
        if (at < 0 || at + (4 * count) > _image.Length)
        {
            return false;
        }

        for (int i = 1; i < count; i++)
        {
            if (Word(at + (4 * i)) < Word(at + (4 * i) - 4))
            {
                return false;
            }
        }

        return Word(at + (4 * count) - 4) != 0;
    }

    // One byte, or two when the first has its highest bit set.
    private int Length(ref int at)
    {
        int length = _image[at++];
        return length < 0x80 ? length : (length & 0x7f) | (_image[at++] << 7);
    }

    private int Find(byte[] pattern, int from)
    {
        int found = _image.AsSpan(from).IndexOf(pattern);
        return found < 0 ? -1 : from + found;
    }

    private string Text(int at) => Encoding.ASCII.GetString(_image.AsSpan(at, Math.Max(0, Array.IndexOf(_image, (byte)0, at) - at)));

    private int Half(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(at));

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_image.AsSpan(at));

    private ulong Long(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_image.AsSpan(at));

    private UsageException Failure(string reason) => new($"{_path}: {reason}");

    private static int Align(int value, int to) => (value + to - 1) & -to;
}
