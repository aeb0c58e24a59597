"""Patrols and posts 走山走水、守卡守点: who walks or stands where and when, and what was done."""
