// An empty disk image in QEMU's own format (qcow2, version 2), as small as one can be: the one kind of file into which QEMU saves a
// machine's state. Nestor does not ask for the program that makes such images.
using System.Buffers.Binary;

namespace Nestor.Tools.Replay;

public static class EmptyImage
{
    private const int ClusterBits = 16;
    private const int Cluster = 1 << ClusterBits;

    // A disk of one cluster's worth of tables is more than enough: the state is kept behind the disk's end.
    private const ulong Size = 1 << 20;

    // The clusters of the file: header, table of tables of counts, counts, table of tables of addresses (all zero: nothing is there).
    private const int CountTable = 1;
    private const int Counts = 2;
    private const int AddressTable = 3;
    private const int Clusters = 4;

    public static void Write(string file)
    {
        byte[] image = new byte[Clusters * Cluster];
        Put32(0, 0x5146_49fb);                          // "QFI" and 0xfb
        Put32(4, 2);                                    // the version
        Put32(20, ClusterBits);
        Put64(24, Size);
        Put32(36, 1);                                   // entries of the table of addresses
        Put64(40, AddressTable * Cluster);
        Put64(48, CountTable * Cluster);
        Put32(56, 1);                                   // clusters of the table of counts
        Put64(CountTable * Cluster, Counts * Cluster);
        for (int i = 0; i < Clusters; i++)
        {
            // Each is in use once.
            BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan((Counts * Cluster) + (i * sizeof(ushort))), 1);
        }

        File.WriteAllBytes(file, image);

        void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(at), value);

        void Put64(int at, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(image.AsSpan(at), value);
    }
}
