// Written by Reference/philox.py.

enum PhiloxReference {
  /// `(counter + 1, key, words)` of `numpy.random.Philox(counter=..., key=...).random_raw(4)`.
  static let numpy: [(counter: SIMD4<UInt64>, key: SIMD2<UInt64>, words: SIMD4<UInt64>)] = [
    (
      SIMD4(0x0af6_8d49_e7df_617d, 0x1e4f_ce82_96f7_e9fa, 0x6690_2963_9736_f61b, 0x4a84_491c_ef43_0392),
      SIMD2(0x0c0c_6848_050b_0787, 0x3770_b41d_aa85_9483),
      SIMD4(0xce9c_083b_47e0_d29e, 0xb6bb_9ec7_2fa1_04df, 0xc186_1738_77f4_12d0, 0xa251_fe1b_7a27_3c49)
    ),
    (
      SIMD4(0x3d51_8d8d_4f84_64f2, 0x1472_5323_21e4_9490, 0x5e06_9fc4_d880_5999, 0x0e8c_ce04_042f_207f),
      SIMD2(0x3213_c3ed_b9df_494e, 0x4224_8ad4_71a4_3ff6),
      SIMD4(0x3b2c_28e8_1987_eca1, 0xe253_42c5_d930_52cc, 0x097d_1297_f449_046a, 0xdead_f0e2_ca91_1c43)
    ),
    (
      SIMD4(0x371e_d1a8_35c6_4c89, 0x4b1c_3730_d54a_7297, 0x5e71_77f7_161f_60a5, 0x7a66_f724_e0dc_e687),
      SIMD2(0x2460_b427_e4a2_3750, 0x5303_984a_28f5_62ac),
      SIMD4(0xa074_a289_5246_42c8, 0xc24b_64ce_d592_c817, 0x597c_7b4b_b240_3285, 0x9efd_d9d4_6574_6e3d)
    ),
    (
      SIMD4(0x591d_9b14_533f_144b, 0x2577_df9d_ef43_cc86, 0x0030_d3b9_f829_4d60, 0x7c9a_58a6_09d8_695c),
      SIMD2(0x2632_02e2_f8d1_2f36, 0x2830_b17d_11d3_7b99),
      SIMD4(0x7eb2_9fb0_0a30_8331, 0x2fd1_8f18_88df_6044, 0xb761_f9d5_9c98_1359, 0x27c2_7510_26dc_5c4e)
    ),
    (
      SIMD4(0x7223_969e_8584_60b4, 0x4ae6_9e84_d4d2_2d0e, 0x3c53_e007_1f51_8973, 0x62fa_bdb5_985d_28b9),
      SIMD2(0x03e2_60c3_3cbb_bd9a, 0x5a7d_d50e_a090_ab3f),
      SIMD4(0x3dff_89f9_039d_26ea, 0xcaaf_7467_6a33_9c1b, 0xf63b_99c5_07ad_5f1e, 0x7f4a_7f32_747e_7a76)
    ),
    (
      SIMD4(0x2fe7_38d0_c285_9b94, 0x0ba1_0fcc_a077_70af, 0x548b_4426_4de6_b69b, 0x773a_3524_c296_535c),
      SIMD2(0x1a85_3d7d_76c6_b913, 0x50a6_cbb0_cdd8_016a),
      SIMD4(0x4ac3_8e00_76ea_b6d3, 0x80e3_58b8_f808_4032, 0x2873_9352_0a45_985a, 0x9cc4_1639_618a_1932)
    ),
  ]

  static let words32: [(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, words: SIMD4<UInt32>)] = [
    (
      SIMD4(0x3f77_d89d, 0x4c54_6a93, 0x7cc0_4bf9, 0xbde3_c40a), SIMD2(0x4ae1_e65f, 0xb8df_caf9),
      SIMD4(0x63d1_8233, 0x786e_c622, 0x7511_adca, 0xb970_c90f)
    ),
    (
      SIMD4(0xa75d_875a, 0x37fd_bbeb, 0x6349_2bec, 0xd473_7758), SIMD2(0xd7b9_943b, 0xa85b_e531),
      SIMD4(0x4cef_0d8d, 0x6230_d34f, 0xeae1_0aac, 0x94a2_dc9e)
    ),
    (
      SIMD4(0x0135_727d, 0xaecb_e8c3, 0x39a1_1d1d, 0xd1f0_7bff), SIMD2(0xe9e3_c9e7, 0x6db6_f42f),
      SIMD4(0xfb45_d296, 0x0bab_b903, 0xa4ba_7936, 0xc07c_5c1e)
    ),
    (
      SIMD4(0xf4fc_5e04, 0xc23a_8566, 0x535a_9fb1, 0xe0e4_13cf), SIMD2(0x6274_0c9a, 0x1a31_a36e),
      SIMD4(0xf95a_acb2, 0xb019_de66, 0x8eb0_bfd5, 0x951f_f91d)
    ),
    (
      SIMD4(0x97ea_862c, 0xd98a_6af2, 0xa809_645a, 0x64d8_6bf2), SIMD2(0xe6f5_b261, 0x7acc_90cb),
      SIMD4(0x81d1_c71f, 0x4920_2b96, 0x2234_5feb, 0x6f82_4ceb)
    ),
    (
      SIMD4(0x62bc_cb4f, 0x2576_2eaf, 0x366b_c786, 0xb2cc_11a6), SIMD2(0xcc95_f09d, 0x4abf_1c4e),
      SIMD4(0xdfdc_ee59, 0x64c8_084b, 0x730d_6cbd, 0xe399_be5a)
    ),
  ]
}
