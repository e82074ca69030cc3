// Generated from the tables of hal/Registers by `./build.sh generate`; not to be edited.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>The fields of registers, as read-only data.</summary>
public static class RegisterFields
{
    /// <summary>The first field of a register, indexed by <see cref="Register"/>.</summary>
    public static ReadOnlySpan<ushort> First => [0, 0, 43, 0, 0, 48, 48, 51, 79, 0, 0, 0, 0, 97, 0, 0, 0, 0, 0, 0, 101, 109, 0, 0, 0, 0, 0, 0, 122, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 127, 0, 127, 0, 127, 0, 127, 0, 127, 0, 134, 0, 134, 0, 134, 0, 134, 79, 0, 0, 143, 148, 0, 0, 154, 211, 227, 0, 0, 0, 0, 0, 0, 235, 0, 0, 48, 48, 51, 247, 250, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 97, 262, 0, 264, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 266, 0, 281, 0, 0, 281, 0, 0, 281, 0, 0, 281, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 284, 0, 0, 0, 0, 299, 308, 308, 308, 308, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>How many it has; 0 when they are not known.</summary>
    public static ReadOnlySpan<byte> Counts => [43, 0, 5, 0, 0, 3, 3, 28, 18, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 8, 13, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 7, 0, 7, 0, 7, 0, 7, 0, 7, 0, 9, 0, 9, 0, 9, 0, 9, 18, 0, 0, 5, 6, 43, 0, 57, 16, 8, 0, 0, 0, 0, 0, 0, 12, 0, 0, 3, 3, 28, 3, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 0, 3, 0, 0, 3, 0, 0, 3, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 0, 0, 0, 0, 9, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> Lows => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 35, 36, 37, 38, 40, 42, 43, 44, 45, 46, 16, 20, 24, 28, 31, 0, 1, 48, 0, 7, 8, 10, 12, 14, 16, 22, 23, 24, 26, 28, 30, 32, 36, 37, 38, 39, 40, 41, 42, 51, 52, 53, 54, 55, 56, 59, 0, 6, 7, 8, 9, 10, 12, 13, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31, 0, 25, 26, 32, 0, 1, 2, 3, 4, 8, 9, 17, 0, 6, 12, 13, 14, 15, 19, 21, 22, 26, 27, 29, 30, 0, 1, 9, 12, 56, 0, 1, 5, 13, 14, 16, 20, 0, 1, 3, 5, 13, 14, 16, 20, 24, 0, 4, 16, 20, 24, 0, 8, 16, 24, 30, 32, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 40, 41, 42, 43, 44, 45, 46, 47, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 0, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 19, 23, 26, 27, 28, 8, 10, 12, 16, 20, 24, 28, 31, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 48, 0, 6, 8, 10, 12, 14, 16, 19, 21, 22, 33, 32, 0, 24, 4, 63, 0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 0, 1, 2, 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 27, 0, 1, 2, 3, 4, 9, 18, 21, 24, 0, 32, 48, 59, 60, 61, 62];

    private static ReadOnlySpan<byte> Widths => [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 4, 2, 2, 2, 1, 1, 1, 47, 16, 6, 1, 2, 2, 2, 2, 6, 1, 1, 2, 2, 2, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 25, 1, 6, 24, 1, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 6, 1, 36, 8, 1, 2, 4, 1, 2, 4, 4, 1, 2, 2, 8, 1, 2, 4, 1, 5, 4, 12, 4, 4, 8, 8, 8, 8, 1, 1, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 5, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 47, 16, 6, 2, 2, 2, 2, 2, 3, 1, 1, 1, 1, 1, 24, 1, 44, 1, 1, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1, 1, 1, 1, 1, 1, 3, 3, 8, 32, 13, 8, 1, 1, 1, 2];

    private static ReadOnlySpan<byte> Shifts => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<ushort> NameStarts => [0, 1, 2, 3, 5, 8, 15, 18, 21, 24, 27, 33, 36, 37, 41, 44, 47, 51, 55, 58, 63, 67, 70, 74, 77, 79, 82, 86, 92, 98, 102, 106, 110, 115, 118, 121, 126, 130, 133, 137, 140, 145, 151, 157, 160, 164, 168, 171, 176, 179, 184, 188, 192, 196, 201, 206, 209, 212, 216, 218, 222, 227, 232, 235, 238, 241, 243, 247, 251, 253, 255, 259, 263, 268, 273, 277, 281, 286, 291, 293, 294, 295, 296, 297, 298, 303, 307, 313, 315, 317, 320, 323, 326, 329, 330, 331, 332, 333, 336, 338, 340, 344, 352, 360, 366, 373, 378, 385, 392, 398, 400, 403, 407, 410, 413, 416, 419, 422, 428, 431, 434, 440, 446, 447, 450, 451, 453, 457, 458, 461, 464, 467, 470, 473, 475, 476, 479, 482, 485, 488, 491, 494, 496, 500, 508, 515, 527, 534, 545, 549, 553, 557, 559, 560, 564, 566, 570, 573, 576, 579, 582, 584, 586, 589, 591, 594, 596, 599, 602, 606, 610, 614, 618, 621, 626, 630, 633, 637, 640, 644, 647, 650, 653, 656, 660, 662, 664, 666, 669, 673, 677, 680, 683, 686, 688, 691, 693, 696, 699, 703, 707, 712, 720, 724, 730, 736, 742, 745, 748, 752, 758, 764, 768, 773, 776, 780, 783, 786, 791, 795, 799, 803, 807, 811, 815, 818, 822, 827, 829, 832, 835, 838, 842, 846, 849, 854, 859, 864, 869, 873, 879, 884, 891, 896, 901, 905, 909, 914, 917, 922, 926, 930, 933, 938, 943, 946, 949, 951, 953, 955, 957, 960, 962, 965, 968, 972, 974, 982, 990, 996, 1003, 1008, 1015, 1022, 1030, 1037, 1040, 1046, 1053, 1061, 1069, 1075, 1081, 1086, 1093, 1095, 1098, 1105, 1109, 1117, 1125, 1133, 1141, 1143, 1148, 1153, 1157, 1161, 1165, 1173, 1178, 1183, 1190, 1196, 1201, 1206, 1211, 1216, 1220, 1226, 1232, 1240, 1243, 1248, 1250, 1255];

    private static ReadOnlySpan<byte> Names => "MACSASA0CP15BENnAAITDSEDUMAEnRCTXEOSIEnDBDZEUCTnTWInTWEWXNTSCXTIESBEISSPANE0EEEUCIEnDAnTLSMDLSMAOEEnIBEnIACMOWMSCEnBT0BT1ITFSBTCF0TCFATA0ATADSSBSTWEDEnTWEDELZENFPENSMENTTATCPACCnPBADDRASIDT0SZEPD0IRGN0ORGN0SH0TG0T1SZA1EPD1IRGN1ORGN1SH1TG1IPSASTBI0TBI1HAHDHPD0HPD1TBID0TBID1NFD0NFD1E0PD0E0PD1DSMFIADBTYPESSBSALLINTILSSPANUAODITTCOVCZNISSILECISS2EL0PCTENEL0VCTENEVNTENEVNTDIREVNTIEL0VTENEL0PTENEVNTISSSERRTDCCKDEHDEMDESC2TDAINTdisTXURXOTXfullRXfullFFSTSPAATTREPMCBASHMCSSCLBNBTEPACLSCBASHMCSSCLBNWTMASKRevisionPartNumArchitectureVariantImplementerAff0Aff1Aff2MTUAff3VMSWIOPTWFMOIMOAMOVFVIVSEFBBSUDCTWITWETID0TID1TID2TID3TSCTIDCPTACRTSWTPCPTPUTTLBTVMTGETDZHCDTRVMRWCDIDE2HTLORTERRTEAAPKAPINVNV1ATNV2FWBFIENTID4TICABAMVOFFENTOCUEnSCXTTTLBISTTLBOSATADCTTID5TWEDEnTWEDELHPMNTPMCRTPMHPMETDETDATDOSATDRAE2PBTPMSHPMDTTRFHCCDHLPTDCCMTPMETZTFPTSMZENFPENSMENTTATCPACEnAS0EnALSEnASRFnXSFGTnXSSMPMETALLINTVINMIVFNMICMOWMCE2MSCEnCnPBADDRVMIDT0SZSL0IRGN0ORGN0SH0TG0PSVSHAHDSL2DSISSIDSFIPANSEL0PCTENEL0VCTENEVNTENEVNTDIREVNTIEL0VTENEL0PTENEL1PCTENEL1PTENECVEL1TVTEL1TVCTEL1NVPCTEL1NVVCTEVNTISENABLEIMASKISTATUSEnUIELRENPIENPIEVGrp0EIEVGrp0DIEVGrp1EIEVGrp1DIETCTALL0TALL1TSEITDIRDVIMEOIcountVENG0VENG1VAckCtlVFIQEnVCBPRVEOIMVBPR1VBPR0VPMRvINTIDpINTIDPriorityNMIGroupHWState"u8;

    /// <summary>The name of a field.</summary>
    public static ReadOnlySpan<byte> Name(int field) => Names.Slice(NameStart(field), NameStart(field + 1) - NameStart(field));

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int NameStart(int field) => NameStarts[field];

    /// <summary>The lowest bit of a field.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Low(int field) => Lows[field];

    /// <summary>The highest bit of a field.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int High(int field) => Low(field) + Width(field) - 1;

    /// <summary>A field's value in a register's value; of what is a part of an address, the address.</summary>
    public static ulong Extract(int field, ulong value) => (value >> Low(field) & (ulong.MaxValue >> (64 - Width(field)))) << Shift(field);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Width(int field) => Widths[field];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Shift(int field) => Shifts[field];
}
